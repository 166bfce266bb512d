"""REV-13: the newest reviews are not on the page yet, long after they were published. Reviews that never were are
review-not-in-html.
"""

from dataclasses import replace
from datetime import timedelta

from seo.findings import Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_reviews
from seo.sightings import ReviewClass
from seo.subject import Subject

# a cache of a day is usual; what is later is forgotten
SLACK = timedelta(hours=24)


def check(subject: Subject) -> Outcome:
    """The newest published reviews must be met a day after. Evidence: those that are not, with their age in hours.

    Judged only when an older review is met: a page with none of them has another fault.
    """
    if reason := without_reviews(subject):
        return reason
    dated = [sighting for sighting in subject.sightings if sighting.review.published_at]
    if not dated:
        return not_evaluated(Reason.NO_DATES)
    absent = of_class(subject, ReviewClass.ABSENT)
    met = [s.review.published_at for s in dated if s.kind not in (ReviewClass.ABSENT, ReviewClass.AMBIGUOUS)]
    newest = max(filter(None, met), default=None)
    late = []
    for sighting in absent:
        at = sighting.review.published_at
        if at and newest and at > newest and subject.checked_at - at > SLACK:
            hours = int((subject.checked_at - at).total_seconds() // 3600)
            late.append(replace(told(sighting), excerpt=f"{hours} h: {told(sighting).excerpt}"))
    if late and (subject.unvisited or subject.page.is_cut):
        return not_evaluated(Reason.PAGES_NOT_VISITED, *late)
    return failed(*late) if late else passed()


RULE = Rule(
    code="REV-13",
    id="stale-page",
    severity=Severity.WARNING,
    title_pass="The newest reviews are on the page",
    title_fail="The newest reviews are not on the page a day after",
    why="A copy that is not renewed shows an old rating and misses the reviews that would rank next.",
    example="published on 1 March, absent on 9 March",
    remedy="Renew the cached page when a review is published, for instance by webhook, instead of after a fixed time.",
    source="https://developers.google.com/search/docs/crawling-indexing/sitemaps/build-sitemap",
    check=check,
)
