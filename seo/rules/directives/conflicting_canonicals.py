"""CAN-02: the page declares several canonical addresses that differ. None at all is missing-canonical."""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """All canonicals in head and headers must name one address. Evidence: every one of them."""
    counted = [canonical for canonical in subject.canonicals if canonical.counts]
    if not counted:
        return NOT_APPLICABLE
    evidence = [canonical.evidence for canonical in counted]
    return passed(*evidence) if len({canonical.url for canonical in counted}) == 1 else failed(*evidence)


RULE = Rule(
    code="CAN-02",
    id="conflicting-canonicals",
    severity=Severity.ERROR,
    title_pass="All canonical declarations agree",
    title_fail="Several canonical declarations disagree",
    why="When they differ, search engines drop them all and choose for themselves.",
    example='<link rel="canonical" href="/a"> … <link rel="canonical" href="/b">',
    remedy="Let one part of the shop write the canonical, and take it out of the others (theme, app, header).",
    source="https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls",
    check=check,
)
