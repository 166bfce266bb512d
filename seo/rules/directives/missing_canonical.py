"""CAN-01: the page declares no canonical address. Several that differ are conflicting-canonicals."""

from seo.findings import Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """One rel=canonical must stand in the head or a Link header. Evidence: those that stand elsewhere."""
    found = subject.canonicals
    if any(canonical.counts for canonical in found):
        return passed()
    return failed(*(canonical.evidence for canonical in found))


RULE = Rule(
    code="CAN-01",
    id="missing-canonical",
    severity=Severity.WARNING,
    title_pass="The page declares its canonical address",
    title_fail="The page declares no canonical address",
    why="Without it each address with parameters may be indexed apart, and reviews and links are split among them.",
    example='<link rel="canonical" href="https://shop.example/products/teapot">',
    remedy="Add a rel=canonical with the absolute address of this very page to its head.",
    source="https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls",
    check=check,
)
