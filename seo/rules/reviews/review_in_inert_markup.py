"""REV-08: reviews are in the source but in a place that is never drawn. Reviews that are nowhere are
review-not-in-html.
"""

from seo.findings import Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.sighted import of_class, told, without_reviews
from seo.sightings import ReviewClass
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """No review may stand only in a template, noscript, script, comment or attribute. Evidence: that container.

    Whether a script draws it in a browser is not evaluated here.
    """
    if reason := without_reviews(subject):
        return reason
    return failed_if([told(sighting) for sighting in of_class(subject, ReviewClass.INERT)])


RULE = Rule(
    code="REV-08",
    id="review-in-inert-markup",
    severity=Severity.WARNING,
    title_pass="No review stands only in markup that is never drawn",
    title_fail="Reviews stand only in markup that is never drawn",
    why="Text in a template, script, comment or attribute is no text of the page until a script draws it.",
    example='<script type="application/json">{"reviews": [{"text": "…"}]}</script>',
    remedy="Write the reviews as ordinary elements; the data for the script may stand beside them.",
    source="https://html.spec.whatwg.org/multipage/scripting.html#the-template-element",
    check=check,
)
