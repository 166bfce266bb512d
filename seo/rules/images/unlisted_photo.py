"""IMG-03: a review's picture is in no markup and no sitemap. Whether it may be crawled is disallowed-review-photo."""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.sitemaps import comparable
from seo.structured_data import Item
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Each picture in a review must be an image of the structured data, or the sitemap entry must list pictures.

    Evidence: each that is in neither.
    """
    photos = [photo for photo in subject.photos if photo.url.startswith("http")]
    if not photos:
        return NOT_APPLICABLE
    marked = {comparable(url) for url in _images(subject)}
    bare = [photo.evidence for photo in photos if comparable(photo.url) not in marked]
    if not bare:
        return passed()
    maps = subject.around.sitemaps if subject.around else None
    if maps is None:
        return not_evaluated(subject.unasked(), *bare)
    return passed() if any(entry.images for _, entry in maps.entries) else failed(*bare)


def _images(subject: Subject) -> list[str]:
    found = []
    for item, _ in subject.structured.everywhere():
        values = [*item.values("image"), *(item.values("contentUrl") if item.is_a("ImageObject") else ())]
        for value in values:
            told = (value.text("contentUrl") or value.text("url")) if isinstance(value, Item) else str(value)
            found.append(subject.page.resolve(told))
    return found


RULE = Rule(
    code="IMG-03",
    id="unlisted-photo",
    severity=Severity.WARNING,
    title_pass="Pictures in reviews are listed for image search",
    title_fail="A picture in a review is listed nowhere",
    why="Pictures that a script lays out are found by the markup or the sitemap that lists them.",
    example="<url><loc>https://shop.example/teapot</loc></url> without image:image",
    remedy="Add the picture to the review's image in the markup, or image:image to the page's sitemap entry.",
    source="https://developers.google.com/search/docs/crawling-indexing/sitemaps/image-sitemaps",
    check=check,
)
