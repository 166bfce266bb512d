"""ROB-01: robots.txt keeps Googlebot from the page. Whether the file can be had at all is robots-file-unreachable."""

from seo.findings import Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.robots import RobotsUnreachable, for_googlebot
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Googlebot must be allowed. Evidence: the winning line of robots.txt with its number."""
    robots = subject.robots
    if robots is None:
        return not_evaluated(Reason.SAVED_FILE)
    if isinstance(robots, RobotsUnreachable):
        return not_evaluated(Reason.ROBOTS_UNREACHABLE, Evidence(str(robots.status or ""), url=robots.url))
    decision = for_googlebot(robots, subject.page.url)
    if decision.line is None:
        return passed()
    evidence = Evidence(decision.line.source, offset=decision.line.offset, line=decision.line.number, url=robots.url)
    return passed(evidence) if decision.is_allowed else failed(evidence)


RULE = Rule(
    code="ROB-01",
    id="page-disallowed",
    severity=Severity.ERROR,
    title_pass="robots.txt lets Googlebot read the page",
    title_fail="robots.txt keeps Googlebot from the page",
    why="A page that may not be crawled shows neither its text nor its stars, and its own noindex is never seen.",
    example="User-agent: *\nDisallow: /products/",
    remedy="Remove the line, or add a longer Allow for this address.",
    source="https://developers.google.com/crawling/docs/robots-txt/robots-txt-spec",
    check=check,
)
