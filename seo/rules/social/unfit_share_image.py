"""OG-08: the share picture is too small, too heavy, or of a shape that is cropped. Whether it can be had is
unreachable-share-image.
"""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed_if, not_evaluated, passed
from seo.rules.rule import Rule
from seo.share_images import ShareImage, share_images
from seo.subject import Subject

_SHAPE = 1.91
_SHAPE_SLACK = 0.15


def check(subject: Subject) -> Outcome:
    """The first og:image decides: below 200 x 200 or over 8 MB is an error, below 600 x 315 or over 5 MB a warning,
    another shape than 1.91 : 1 a note. Evidence: the real size.
    """
    images = share_images(subject)
    if not images:
        return NOT_APPLICABLE
    image = images[0]
    if image.answer is None:
        return not_evaluated(subject.unasked())
    header = image.answer.image
    if header is None or not header.width or not header.height:
        return not_evaluated(Reason.NOT_KNOWN, _shown(image, image.answer.content_type or image.answer.said))
    severity = _severity(header.width, header.height, image.answer.byte_count or 0)
    evidence = _shown(image, f"{header.width} x {header.height}, {image.answer.byte_count} bytes")
    return failed_if([evidence], severity=severity) if severity else passed(evidence)


def _severity(width: int, height: int, byte_count: int) -> Severity | None:
    if min(width, height) < 200 or byte_count > 8_000_000:
        return Severity.ERROR
    if width < 600 or height < 315 or byte_count > 5_000_000:
        return Severity.WARNING
    return Severity.INFO if abs(width / height / _SHAPE - 1) > _SHAPE_SLACK else None


def _shown(image: ShareImage, told: str) -> Evidence:
    return replace(image.root.evidence, excerpt=f"{image.url}: {told}")


RULE = Rule(
    code="OG-08",
    id="unfit-share-image",
    severity=Severity.ERROR,
    title_pass="The share picture has a fitting size",
    title_fail="The share picture has no fitting size",
    why="Below 200 x 200 no picture is shown, below 600 x 315 a small one, and another shape than 1.91 : 1 is cropped.",
    example="og:image of 150 x 150",
    remedy="Offer a picture of 1200 x 630 and under 5 MB.",
    source="https://developers.facebook.com/docs/sharing/webmasters/images",
    check=check,
)
