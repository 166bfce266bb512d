"""MAP-03: a sitemap is against its protocol. What it says of this page is page-missing-from-sitemap."""

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed_if, not_evaluated
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Well-formed, at most 50,000 addresses and 50 MB, absolute, dates in ISO 8601, at most 1,000 pictures an address.

    Evidence: each fault with its byte.
    """
    maps = subject.around.sitemaps if subject.around else None
    if maps is None:
        return not_evaluated(subject.unasked())
    read = [file for file in maps.files if file.status == 200 and not file.failure]
    if not read:
        return NOT_APPLICABLE
    return failed_if([Evidence(f.text, offset=f.offset, url=file.url) for file in read for f in file.faults])


RULE = Rule(
    code="MAP-03",
    id="malformed-sitemap",
    severity=Severity.WARNING,
    title_pass="The sitemaps are in order",
    title_fail="A sitemap is against its protocol",
    why="A sitemap that is not well-formed is dropped whole, and what is over its limits is not read.",
    example="<loc>https://shop.example/?a=1&b=2</loc>",
    remedy="Escape & as &amp;, write whole addresses, and split what is too long under an index.",
    source="https://www.sitemaps.org/protocol.html",
    check=check,
)
