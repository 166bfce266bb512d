"""IMG-04: a review's picture has no width and height, so that the page jumps when it comes."""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.review_photos import Photo
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every picture in a review needs width and height, or an aspect-ratio in its style. Evidence: each without."""
    if not subject.photos:
        return NOT_APPLICABLE
    return failed_if([photo.evidence for photo in subject.photos if not _is_sized(photo)])


def _is_sized(photo: Photo) -> bool:
    told = photo.node.attributes
    return bool(told.get("width") and told.get("height")) or "aspect-ratio" in (told.get("style") or "")


RULE = Rule(
    code="IMG-04",
    id="unsized-photo",
    severity=Severity.INFO,
    title_pass="Pictures in reviews declare their size",
    title_fail="A picture in a review does not declare its size",
    why=(
        "The text moves under the reader's eyes when a picture without a size arrives, and the page is measured by"
        " that."
    ),
    example='<img src="/uploads/pot.jpg" alt="…">',
    remedy="Write width and height of the file, and let CSS scale it.",
    source="https://developers.google.com/search/docs/appearance/core-web-vitals",
    check=check,
)
