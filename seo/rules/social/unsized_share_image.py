"""OG-09: the share picture's width and height are not declared, or not those of the file. Whether they fit is
unfit-share-image.
"""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.share_images import ShareImage, share_images
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """The first og:image needs og:image:width and og:image:height, and they must be its own. Evidence: both sizes."""
    images = share_images(subject)
    if not images:
        return NOT_APPLICABLE
    fault = _fault(images[0])
    return failed(fault) if fault else passed()


def _fault(image: ShareImage) -> Evidence | None:
    told = {side: image.parts[side].content for side in ("width", "height") if side in image.parts}
    if len(told) < 2:
        return replace(image.root.evidence, excerpt="og:image:width, og:image:height")
    header = image.answer.image if image.answer else None
    if header is None or not header.width:
        return None
    if (told["width"], told["height"]) == (str(header.width), str(header.height)):
        return None
    evidence = image.parts["width"].evidence
    return replace(evidence, excerpt=f"{told['width']} x {told['height']} ≠ {header.width} x {header.height}")


RULE = Rule(
    code="OG-09",
    id="unsized-share-image",
    severity=Severity.WARNING,
    title_pass="The share picture's size is declared",
    title_fail="The share picture's size is not declared, or wrong",
    why="Without its size the first share shows no picture: the network fetches and measures it only afterwards.",
    example='<meta property="og:image" …> without og:image:width and og:image:height',
    remedy="Write og:image:width and og:image:height after og:image, with the file's own pixels.",
    source="https://developers.facebook.com/docs/sharing/webmasters/images",
    check=check,
)
