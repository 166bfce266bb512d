"""LNG-02: most reviews are in another language than the page says, without saying so. Versions of the page are
broken-hreflang.
"""

from selectolax.lexbor import LexborNode

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.language_codes import language_of
from seo.rules.rule import Rule
from seo.sighted import node_of, of_class, without_reviews
from seo.sightings import ReviewClass, Sighting
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Half of the drawn reviews or more must be in the language that their element or the page declares.

    Evidence: how many are not, and each of them.
    """
    if reason := without_reviews(subject):
        return reason
    drawn = [(sighting, node_of(sighting, subject)) for sighting in of_class(subject, ReviewClass.RAW)]
    told = [(sighting, _declared(node)) for sighting, node in drawn if node is not None and sighting.review.locale]
    if not drawn:
        return NOT_APPLICABLE
    if not told or not any(language for _, language in told):
        return not_evaluated(Reason.NOT_KNOWN)
    foreign = [(sighting, language) for sighting, language in told if language_of(sighting.review.locale) != language]
    if len(foreign) * 2 <= len(told):
        return passed()
    return failed(Evidence(f"{len(foreign)} / {len(told)}", css_path="html"), *(_shown(s, lang) for s, lang in foreign))


def _declared(node: LexborNode) -> str:
    current: LexborNode | None = node
    while current is not None:
        if written := current.attributes.get("lang") if current.is_element_node else None:
            return language_of(written)
        current = current.parent
    return ""


def _shown(sighting: Sighting, language: str) -> Evidence:
    excerpt = f"{language} → {sighting.review.locale}: {sighting.evidence.excerpt[:60]}"
    return Evidence(excerpt, sighting.evidence.offset, sighting.evidence.css_path, review_id=sighting.review.id)


RULE = Rule(
    code="LNG-02",
    id="foreign-review-language",
    severity=Severity.INFO,
    title_pass="Reviews are in the language that the page declares",
    title_fail="Most reviews are in another language than the page declares",
    why="A page that says it is French and is mostly English reviews ranks well in neither, and is read aloud wrongly.",
    example='<html lang="fr"> … <article class="review"><p>It pours without a drop …</p></article>',
    remedy="Write lang on each review in another language, and show those of the page's language first.",
    source="https://developers.google.com/search/docs/specialty/international/localized-versions",
    check=check,
)
