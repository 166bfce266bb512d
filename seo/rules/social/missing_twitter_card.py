"""TW-01: twitter:card is missing or names a card that does not exist. What the card shows is judged by other rules."""

from seo.findings import Evidence, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.social_tags import first
from seo.subject import Subject

CARDS = ("summary", "summary_large_image", "app", "player")


def check(subject: Subject) -> Outcome:
    """twitter:card must be one of the four living kinds. Evidence: the tag, or that there is none."""
    tag = first(subject.social, "twitter:card")
    if tag is None:
        return failed(Evidence("twitter:card", css_path="html > head"))
    return passed(tag.evidence) if tag.content.lower() in CARDS else failed(tag.evidence)


RULE = Rule(
    code="TW-01",
    id="missing-twitter-card",
    severity=Severity.WARNING,
    title_pass="twitter:card names a living kind of card",
    title_fail="twitter:card is missing or names no living kind of card",
    why="Without it a share may show as a bare link; product, photo and gallery cards are gone.",
    example='<meta name="twitter:card" content="product">',
    remedy='Write <meta name="twitter:card" content="summary_large_image">.',
    source="https://developer.x.com/en/docs/x-for-websites/cards/overview/markup",
    check=check,
)
