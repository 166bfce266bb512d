"""REV-07: reviews are in the drawn page and hidden by CSS. Reviews in markup that is never drawn are
review-in-inert-markup.
"""

from dataclasses import replace

from selectolax.lexbor import LexborNode

from seo.documents import Document
from seo.findings import Evidence, Outcome, Severity, failed_if
from seo.rendering.snapshot import HIDDEN_ATTRIBUTE
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_rendering, without_reviews
from seo.sightings import ReviewClass, Sighting
from seo.subject import Subject

_FOLDING = frozenset({"tabpanel"})


def check(subject: Subject) -> Outcome:
    """No review may be hidden by CSS alone. Evidence: what hides it. Behind controls that unfold it, a note."""
    if reason := without_reviews(subject) or without_rendering(subject):
        return reason
    evidence, are_folded = [], []
    for sighting in of_class(subject, ReviewClass.HIDDEN):
        document = subject.drawn_document(sighting)
        node = document.page.tree.css_first(sighting.evidence.css_path) if document else None
        evidence.append(_shown(sighting, node))
        are_folded.append(document is not None and node is not None and _is_folded(node, document))
    return failed_if(evidence, severity=Severity.INFO if all(are_folded) else None)


def _shown(sighting: Sighting, node: LexborNode | None) -> Evidence:
    cause = (node.attributes.get(HIDDEN_ATTRIBUTE) or "") if node is not None else ""
    return replace(told(sighting), excerpt=f"{cause or 'hidden'}: {told(sighting).excerpt}")


def _is_folded(node: LexborNode, document: Document) -> bool:
    """Whether a control unfolds it: `<details>`, a tab, or one that names an element around it by aria-controls."""
    named = {
        name
        for control in document.page.tree.css("[aria-controls]")
        for name in (control.attributes.get("aria-controls") or "").split()
    }
    current: LexborNode | None = node
    while current is not None:
        if current.tag == "details" or current.attributes.get("role") in _FOLDING or current.id in named:
            return True
        current = current.parent
    return False


RULE = Rule(
    code="REV-07",
    id="hidden-review",
    severity=Severity.WARNING,
    title_pass="No review is hidden by CSS",
    title_fail="Reviews are hidden by CSS",
    why=(
        "Hidden text may count for less or be taken for deceit; folded behind a control of its own it is "
        "fine on a telephone."
    ),
    example='<div style="display: none"><p>It pours without a drop.</p></div>',
    remedy=(
        "Show the reviews, or fold them behind a control that says so (`<details>`, or a button with aria-controls)."
    ),
    source="https://developers.google.com/search/docs/crawling-indexing/mobile/mobile-sites-mobile-first-indexing",
    check=check,
)
