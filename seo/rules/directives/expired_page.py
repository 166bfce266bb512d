"""IDX-05: unavailable_after has passed, or is no date. Directives that hold now are noindex."""

from seo import dates
from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every unavailable_after must be a date (RFC 822, RFC 850, ISO 8601) that lies ahead. Evidence: the directive."""
    told = [directive for directive in subject.told_directives if directive.name == "unavailable_after"]
    if not told:
        return NOT_APPLICABLE
    wrong = [directive.evidence for directive in told if not _is_ahead(directive.value, subject)]
    return failed(*wrong) if wrong else passed(*(directive.evidence for directive in told))


def _is_ahead(value: str, subject: Subject) -> bool:
    at = dates.from_any(value)
    return at is not None and at > subject.checked_at


RULE = Rule(
    code="IDX-05",
    id="expired-page",
    severity=Severity.WARNING,
    title_pass="unavailable_after is a date that lies ahead",
    title_fail="unavailable_after has passed, or is no date",
    why="After that date the page is shown in no results; a date that cannot be read is ignored, and the page stays.",
    example='<meta name="robots" content="unavailable_after: 2024-12-31">',
    remedy="Remove the directive while the product is sold, or write a date ahead in ISO 8601.",
    source="https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag",
    check=check,
)
