"""RAT-17: some of the reviews on the page are marked up and others are not. None at all is no fault."""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, passed
from seo.matching import PRESENT, index_of_text, tokens
from seo.ratings import nothing_to_judge, reviews
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_reviews
from seo.sightings import ReviewClass
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """When some drawn reviews are marked up, all must be. Evidence: how many are, and each that is not."""
    if reason := without_reviews(subject):
        return reason
    marked = [index_of_text(r.text("reviewBody") or r.text("description")) for r, _ in reviews(subject.structured)]
    if not marked:
        return nothing_to_judge(subject)
    drawn = of_class(subject, ReviewClass.RAW)
    bare = [s for s in drawn if not any(index.find(tokens(s.review.text)).share >= PRESENT for index in marked)]
    if not drawn or len(bare) == len(drawn):
        return NOT_APPLICABLE
    if not bare:
        return passed()
    count = Evidence(f"{len(drawn) - len(bare)} / {len(drawn)}", url=subject.page.url)
    return failed(count, *(replace(told(sighting), excerpt=sighting.evidence.excerpt) for sighting in bare))


RULE = Rule(
    code="RAT-17",
    id="unmarked-review",
    severity=Severity.WARNING,
    title_pass="All reviews on the page are marked up, or none",
    title_fail="Only some of the reviews on the page are marked up",
    why="Marking up the best few of the reviews that are shown is taken for misleading.",
    example="ten reviews on the page, the two with five stars in the markup",
    remedy="Mark up every review that the page shows.",
    source="https://developers.google.com/search/docs/appearance/structured-data/sd-policies",
    check=check,
)
