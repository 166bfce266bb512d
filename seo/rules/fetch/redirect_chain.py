"""HTTP-02: the page is reached through several redirects, or through one that leaves https. Its status is page-not-
ok.
"""

from seo.findings import Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """At most one redirect, and none to plain http. Evidence: every hop with its Location."""
    page = subject.page
    if page.status is None:
        return not_evaluated(Reason.SAVED_FILE)
    hops = [
        Evidence(f"{hop.status} → {hop.location}", header=f"Location: {hop.location}", url=hop.url) for hop in page.hops
    ]
    leaves_https = any(hop.url.startswith("https:") and hop.location.lower().startswith("http:") for hop in page.hops)
    return failed(*hops) if len(hops) > 1 or leaves_https else passed(*hops)


RULE = Rule(
    code="HTTP-02",
    id="redirect-chain",
    severity=Severity.WARNING,
    title_pass="The page is reached directly, or by one redirect",
    title_fail="The page is reached through a chain of redirects",
    why="Each hop costs crawlers and shoppers time, and a hop through http can be read and changed on the way.",
    example="http://shop.example/t → https://shop.example/t → https://www.shop.example/teapot",
    remedy="Link the final address everywhere, and let every old address redirect to it in one step.",
    source="https://developers.google.com/search/docs/crawling-indexing/301-redirects",
    check=check,
)
