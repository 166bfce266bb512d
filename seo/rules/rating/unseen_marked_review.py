"""RAT-16: a review is marked up and its text is not on the page. Published reviews that are missing are
review-not-in-html.
"""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, not_evaluated
from seo.matching import PRESENT, normalised, tokens
from seo.ratings import nothing_to_judge, reviews, unless_unread
from seo.rules.rule import Rule
from seo.structured_data import Item
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every reviewBody must be drawn on the page, nine tenths of it at least. Evidence: each that is not.

    Without a browser nothing is claimed when scripts could draw it.
    """
    found = reviews(subject.structured)
    if not found:
        return nothing_to_judge(subject)
    bodies = [(review, body) for review, _ in found if (body := _body(review))]
    if not bodies:
        return NOT_APPLICABLE
    unseen = [shown for review, body in bodies if (shown := _unseen(review, body, subject))]
    if unseen and subject.rendered is None and subject.page.tree.css_first("script[src]"):
        return not_evaluated(subject.unrendered, *unseen)
    return failed(*unseen) if unseen else unless_unread(subject, [])


def _body(review: Item) -> str:
    return review.text("reviewBody") or review.text("description")


def _unseen(review: Item, body: str, subject: Subject) -> Evidence | None:
    # most bodies stand there word for word, which is quickly seen
    if _squeezed(body) in subject.document.squeezed_text:
        return None
    words = tokens(body)
    views = [subject.document, *([subject.rendered.light] if subject.rendered else [])]
    share = max(view.index.find(words).share for view in views) if words else 1.0
    if share >= PRESENT:
        return None
    return replace(review.evidence, excerpt=f"{review.syntax}: reviewBody {share:.0%}: {' '.join(body.split())[:60]!r}")


def _squeezed(text: str) -> str:
    return "".join(normalised(text).split())


RULE = Rule(
    code="RAT-16",
    id="unseen-marked-review",
    severity=Severity.WARNING,
    title_pass="Every marked-up review can be read on the page",
    title_fail="A marked-up review cannot be read on the page",
    why="Markup of what readers cannot see is against the rules, and one such review can cost the stars of all.",
    example='"reviewBody": "Pours well." and a page that shows three other reviews',
    remedy="Mark up exactly the reviews that the page shows, or show those that are marked up.",
    source="https://developers.google.com/search/docs/appearance/structured-data/sd-policies",
    check=check,
)
