"""TW-03: the card's picture is of a size or format that the card does not show. Open Graph's own is
unfit-share-image.
"""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.image_header import ImageHeader
from seo.rules.rule import Rule
from seo.share_images import card_image
from seo.social_tags import first
from seo.subject import Subject

# least width and height: https://developer.x.com/en/docs/x-for-websites/cards/overview/markup
_LEAST = {"summary_large_image": (300, 157), "summary": (144, 144)}
_MOST_PIXELS = 4096
_MOST_BYTES = 5_000_000


def check(subject: Subject) -> Outcome:
    """300 x 157 for a large card, 144 x 144 for a summary, at most 4096 pixels a side and 5 MB, no SVG. Evidence: its
    size.
    """
    card = first(subject.social, "twitter:card")
    found = card_image(subject)
    least = _LEAST.get(card.content.lower()) if card else None
    if least is None or found is None:
        return NOT_APPLICABLE
    tag, answer = found
    if answer is None:
        return not_evaluated(subject.unasked())
    header = answer.image
    if header is None or (not header.width and header.kind != "svg"):
        return not_evaluated(Reason.NOT_KNOWN, replace(tag.evidence, excerpt=f"{answer.url}: {answer.said}"))
    told = f"{answer.url}: {header.kind} {header.width} x {header.height}, {answer.byte_count} bytes"
    evidence = replace(tag.evidence, excerpt=told)
    return failed(evidence) if _is_unfit(header, answer.byte_count or 0, least) else passed(evidence)


def _is_unfit(header: ImageHeader, byte_count: int, least: tuple[int, int]) -> bool:
    if header.kind == "svg" or byte_count > _MOST_BYTES or max(header.width, header.height) > _MOST_PIXELS:
        return True
    return header.width < least[0] or header.height < least[1]


RULE = Rule(
    code="TW-03",
    id="unfit-card-image",
    severity=Severity.ERROR,
    title_pass="The card's picture fits the card",
    title_fail="The card's picture does not fit the card",
    why="A picture that is too small, too large or an SVG is left out, and the card shows a grey field.",
    example="twitter:card summary_large_image with a picture of 200 x 100",
    remedy="Offer a JPEG, PNG or WebP of about 1200 x 630 and under 5 MB.",
    source="https://developer.x.com/en/docs/x-for-websites/cards/overview/summary-card-with-large-image",
    check=check,
)
