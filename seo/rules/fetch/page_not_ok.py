"""HTTP-01: the page answers with another status than 200. How redirects are chained is a rule of its own."""

from seo.findings import Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """The final status must be 200. Evidence: the chain of statuses that led to it."""
    page = subject.page
    if page.status is None:
        return not_evaluated(Reason.SAVED_FILE)
    chain = [f"{hop.status} → {hop.location}" for hop in page.hops]
    evidence = Evidence("; ".join([*chain, str(page.status)]), url=page.url)
    return passed(evidence) if page.status == 200 else failed(evidence)


RULE = Rule(
    code="HTTP-01",
    id="page-not-ok",
    severity=Severity.ERROR,
    title_pass="The page answers 200",
    title_fail="The page does not answer 200",
    why="A page that answers anything but 200 may not be rendered, and is not indexed.",
    example="HTTP/1.1 503 Service Unavailable",
    remedy="Serve the page with status 200 at this address, or check the address that you link to.",
    source="https://developers.google.com/search/docs/crawling-indexing/javascript/javascript-seo-basics",
    check=check,
)
