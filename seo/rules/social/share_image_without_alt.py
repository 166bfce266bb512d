"""OG-11: the share picture has no text in its place. That of a Twitter card is card-image-without-alt."""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.share_images import ShareImage, share_images
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every og:image needs an og:image:alt. Evidence: each without."""
    images = share_images(subject)
    if not images:
        return NOT_APPLICABLE
    return failed_if([image.root.evidence for image in images if not _has_alt(image)])


def _has_alt(image: ShareImage) -> bool:
    return "alt" in image.parts and bool(image.parts["alt"].content)


RULE = Rule(
    code="OG-11",
    id="share-image-without-alt",
    severity=Severity.INFO,
    title_pass="The share picture has a text in its place",
    title_fail="The share picture has no text in its place",
    why="People who do not see the picture are told nothing of it.",
    example='<meta property="og:image" …> without og:image:alt',
    remedy="Write og:image:alt with what the picture shows.",
    source="https://ogp.me/#structured",
    check=check,
)
