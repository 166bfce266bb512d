"""CAN-02: the page declares several canonical addresses that differ. None at all is missing-canonical."""

from seo.canonicals import canonicals
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """All canonicals in head and headers must name one address, in the HTML and where the page was drawn. Evidence:
    every one of them.
    """
    written = [each for each in subject.canonicals if each.counts]
    known = {each.url for each in written}
    added = _added(subject, known)
    if not written and not added:
        return NOT_APPLICABLE
    if len(known | {url for url, _ in added}) == 1:
        return passed()
    return failed(*(each.evidence for each in written), *(place for _, place in added))


def _added(subject: Subject, known: set[str]) -> list[tuple[str, Evidence]]:
    """The canonicals that only the drawn page has."""
    drawn = canonicals(subject.rendered.light.page) if subject.rendered else ()
    return [
        (each.url, Evidence(f"drawn: {each.evidence.excerpt}", css_path=each.evidence.css_path))
        for each in drawn
        if each.counts and each.url not in known
    ]


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
