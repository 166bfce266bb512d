"""IMG-02: a review's picture has no text in its place, or only its file's name."""

import re

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.review_photos import Photo
from seo.rules.rule import Rule
from seo.subject import Subject

_FILE = re.compile(r"[\w.%-]+\.(?:jpe?g|png|webp|gif|avif)|(?:img|dsc|image|photo)[_-]?\d+", re.IGNORECASE)


def check(subject: Subject) -> Outcome:
    """Every picture in a review needs an alt that is no file name. Evidence: each without."""
    if not subject.photos:
        return NOT_APPLICABLE
    return failed_if([photo.evidence for photo in subject.photos if not _is_described(photo)])


def _is_described(photo: Photo) -> bool:
    alt = (photo.alt or "").strip()
    return bool(alt) and _FILE.fullmatch(alt) is None


RULE = Rule(
    code="IMG-02",
    id="photo-without-alt",
    severity=Severity.WARNING,
    title_pass="Pictures in reviews have a text in their place",
    title_fail="A picture in a review has no text in its place",
    why="The text tells image search, and people who do not see the picture, what it shows.",
    example='<img src="/uploads/IMG_2042.jpg" alt="IMG_2042.jpg">',
    remedy='Write the product\'s name and whose picture it is, such as "Brume teapot, photo by Anne D.".',
    source="https://developers.google.com/search/docs/appearance/google-images",
    check=check,
)
