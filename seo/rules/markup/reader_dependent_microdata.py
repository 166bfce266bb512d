"""SD-07: two readers of microdata get different ratings or reviews from the page. Which HTML is at fault other tools
tell.
"""

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.microdata import walk
from seo.microdata_peer import differences
from seo.rules.rule import Rule
from seo.subject import Subject

_RATED = ("/Review", "/AggregateRating")


def check(subject: Subject) -> Outcome:
    """Our reader on the HTML5 tree and extruct on the HTML 4 tree must agree where there are ratings or reviews.

    Microdata of other things is not read twice: it earns nothing here. Evidence: path, ours, theirs.
    """
    read = subject.structured.microdata
    found = [*read.items, *read.strays]
    if read.is_whole and not any(name.endswith(_RATED) for item in walk(found) for name in item.types):
        return NOT_APPLICABLE
    told = differences(subject.page, read) if read.is_whole else None
    if told is None:
        return not_evaluated(Reason.UNREADABLE_MICRODATA)
    path = subject.page.places.css_path(found[0].node)
    return failed_if([Evidence(difference[:200], css_path=path) for difference in told])


RULE = Rule(
    code="SD-07",
    id="reader-dependent-microdata",
    severity=Severity.WARNING,
    title_pass="Readers of microdata agree on the page",
    title_fail="What the microdata says depends on who reads it",
    why=(
        "Invalid nesting is mended in different ways: one reader sees the review inside the product, another beside it."
    ),
    example='<p itemprop="review" itemscope><div itemprop="reviewBody">…</div></p>',
    remedy="Validate the HTML around the markup, or write the same facts as JSON-LD.",
    source="https://html.spec.whatwg.org/multipage/microdata.html#associating-names-with-items",
    check=check,
)
