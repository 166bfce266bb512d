"""ROB-02: robots.txt cannot be had. What a file that can be had says is page-disallowed."""

from seo.findings import Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.robots import RobotsUnreachable
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """robots.txt must answer with 2xx or 4xx other than 429. Evidence: its address and status, 0 for no answer."""
    robots = subject.robots
    if robots is None:
        return not_evaluated(Reason.SAVED_FILE)
    if isinstance(robots, RobotsUnreachable):
        return failed(Evidence(f"status {robots.status}", url=robots.url))
    return passed(Evidence("", url=robots.url))


RULE = Rule(
    code="ROB-02",
    id="robots-file-unreachable",
    severity=Severity.ERROR,
    title_pass="robots.txt can be read",
    title_fail="robots.txt cannot be read",
    why="While robots.txt answers with a server error, 429 or not at all, crawlers treat the whole host as forbidden.",
    example="GET /robots.txt → 503",
    remedy="Let the host serve robots.txt as a static file, or answer 404 when there is none.",
    source="https://www.rfc-editor.org/rfc/rfc9309#section-2.3.1.4",
    check=check,
)
