"""IMG-01: a review's picture has no `src` of its own, or is a background. Pictures that may not be crawled are
disallowed-review-photo.
"""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed, not_evaluated, passed
from seo.review_photos import backgrounds, boxes, photos
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every picture in a review must be an `<img>` with a src, in the HTML as sent or as drawn. Evidence: each that
    is not.
    """
    behind = backgrounds(subject.page, subject.review_boxes)
    lazy = [photo for photo in subject.photos if not photo.has_src]
    if not subject.photos and not behind:
        return NOT_APPLICABLE
    if lazy and subject.rendered is not None:
        light = subject.rendered.light.page
        drawn = {photo.url for photo in photos(light, boxes(light)) if photo.has_src}
        lazy = [photo for photo in lazy if photo.url not in drawn]
    elif lazy and not behind:
        return not_evaluated(subject.unrendered, *(photo.evidence for photo in lazy))
    wrong = [*(photo.evidence for photo in lazy), *behind]
    return failed(*wrong) if wrong else passed()


RULE = Rule(
    code="IMG-01",
    id="photo-without-src",
    severity=Severity.WARNING,
    title_pass="Pictures in reviews have their address in src",
    title_fail="A picture in a review has no src, or is a background",
    why="Only what stands in the src of an img is found by image search; data-src and CSS backgrounds are not.",
    example='<img data-src="/uploads/42.jpg">',
    remedy='Write src and let the browser delay it with loading="lazy".',
    source="https://developers.google.com/search/docs/appearance/google-images",
    check=check,
)
