"""OG-04: og:url names another address than the canonical. Which of them is right is the canonical's rules' business."""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.sitemaps import comparable
from seo.social_tags import first
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """og:url and canonical must be one address, whatever the spelling. Evidence: both."""
    tag = first(subject.social, "og:url")
    canonical = next((canonical for canonical in subject.canonicals if canonical.counts), None)
    if tag is None or canonical is None:
        return NOT_APPLICABLE
    same = comparable(subject.page.resolve(tag.content)) == comparable(canonical.url)
    return passed() if same else failed(tag.evidence, canonical.evidence)


RULE = Rule(
    code="OG-04",
    id="foreign-share-address",
    severity=Severity.WARNING,
    title_pass="og:url is the canonical address",
    title_fail="og:url is another address than the canonical",
    why=(
        "Networks count likes and shares by og:url; when it differs from the canonical, they are split between two"
        " addresses."
    ),
    example="og:url https://shop.example/t?ref=fb, canonical https://shop.example/teapot",
    remedy="Write the canonical address into og:url.",
    source="https://developers.facebook.com/docs/sharing/webmasters/getting-started/versioned-link",
    check=check,
)
