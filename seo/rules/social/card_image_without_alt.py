"""TW-04: the card's picture has no text in its place. That of Open Graph is share-image-without-alt."""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.share_images import card_image
from seo.social_tags import first
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """A card with a picture needs twitter:image:alt. Evidence: the picture's tag."""
    found = card_image(subject)
    if found is None or first(subject.social, "twitter:card") is None:
        return NOT_APPLICABLE
    return passed() if first(subject.social, "twitter:image:alt") else failed(found[0].evidence)


RULE = Rule(
    code="TW-04",
    id="card-image-without-alt",
    severity=Severity.INFO,
    title_pass="The card's picture has a text in its place",
    title_fail="The card's picture has no text in its place",
    why="People who do not see the picture are told nothing of it; cards do not take the text of Open Graph.",
    example="twitter:image without twitter:image:alt",
    remedy="Write twitter:image:alt with what the picture shows.",
    source="https://developer.x.com/en/docs/x-for-websites/cards/overview/markup",
    check=check,
)
