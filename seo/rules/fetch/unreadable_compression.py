"""HTTP-10: networks that make previews are served a compression they do not read. Asked only where the owner wants
it.
"""

from seo.findings import Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Asked as Facebook's crawler, which takes gzip and deflate, the page must come in one of them or plain.

    Evidence: what came instead.
    """
    other = subject.around.as_facebook if subject.around else None
    if other is None:
        return not_evaluated(Reason.NOT_ASKED)
    evidence = Evidence(other.said, url=other.url)
    if other.failure == "unreadable_encoding":
        return failed(evidence)
    return passed(evidence) if other.fetched else not_evaluated(Reason.LINK_NOT_FETCHED, evidence)


RULE = Rule(
    code="HTTP-10",
    id="unreadable-compression",
    severity=Severity.WARNING,
    title_pass="Networks are served a compression they read",
    title_fail="Networks are served a compression they do not read",
    why="A crawler that asked for gzip and gets br or zstd sees no tags at all: the share has no title and no picture.",
    example="Accept-Encoding: gzip, deflate → Content-Encoding: br",
    remedy="Let server and CDN choose the compression by Accept-Encoding, and vary the cache by it.",
    source="https://developers.facebook.com/docs/sharing/webmasters/crawler",
    check=check,
)
