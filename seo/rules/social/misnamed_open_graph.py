"""OG-02: Open Graph tags are named by `name` instead of `property`. Missing ones are missing-open-graph."""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every og: and product: tag must use property. Evidence: each that uses name."""
    tags = [tag for tag in subject.social if tag.name.startswith(("og:", "product:"))]
    if not tags:
        return NOT_APPLICABLE
    return failed_if([tag.evidence for tag in tags if not tag.is_property])


RULE = Rule(
    code="OG-02",
    id="misnamed-open-graph",
    severity=Severity.WARNING,
    title_pass="Open Graph tags are named by property",
    title_fail="Open Graph tags are named by name instead of property",
    why="Networks that follow the standard read only the property attribute, and miss the others.",
    example='<meta name="og:title" content="Teapot">',
    remedy='Write <meta property="og:title" …>; only twitter: tags are named by name.',
    source="https://ogp.me/#metadata",
    check=check,
)
