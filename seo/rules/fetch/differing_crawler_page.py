"""HTTP-05: Googlebot's smartphone crawler is served fewer reviews than others. Asked only where the owner wants it."""

from seo.documents import Document
from seo.findings import Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.rules.rule import Rule
from seo.sighted import of_class, without_reviews
from seo.sightings import Places, ReviewClass, sight
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every review that the page shows must be there for Googlebot too. Evidence: those that are not."""
    if reason := without_reviews(subject):
        return reason
    other = subject.around.as_googlebot if subject.around else None
    if other is None or subject.truth is None:
        return not_evaluated(Reason.NOT_ASKED)
    if other.page is None:
        return not_evaluated(Reason.LINK_NOT_FETCHED, Evidence(other.failure, url=other.url))
    seen = sight(subject.truth, Places(Document(other.page)))
    served = {sighting.review.id for sighting in seen if sighting.kind is ReviewClass.RAW}
    lost = [s.review for s in of_class(subject, ReviewClass.RAW) if s.review.id not in served]
    return failed_if([Evidence(f"{r.author}: {r.text[:60]}", url=other.url, review_id=r.id) for r in lost])


RULE = Rule(
    code="HTTP-05",
    id="differing-crawler-page",
    severity=Severity.WARNING,
    title_pass="Googlebot is served the same reviews",
    title_fail="Googlebot is served fewer reviews than a shopper",
    why=(
        "What the crawler does not get is not indexed, and serving it another page than shoppers get can count as "
        "cloaking."
    ),
    example="User-Agent: … Googlebot/2.1 → a page without its reviews",
    remedy="Serve one HTML to all, whatever the User-Agent; mend the firewall or cache that tells them apart.",
    source="https://developers.google.com/search/docs/essentials/spam-policies",
    check=check,
)
