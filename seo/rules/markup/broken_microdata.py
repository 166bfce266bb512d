"""SD-06: microdata that belongs to nothing, refers to nothing, or holds itself. Values are valueless-microdata."""

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.microdata import Found, MicrodataFault
from seo.rules.rule import Rule
from seo.subject import Subject

_FAULTS = (
    MicrodataFault.STRAY_PROPERTY,
    MicrodataFault.DANGLING_REFERENCE,
    MicrodataFault.LOOP,
    MicrodataFault.RELATIVE_TYPE,
)
_MOST = 20


def check(subject: Subject) -> Outcome:
    """Every itemprop inside an itemscope, every itemref an id, no loop, every itemtype absolute. Evidence: each
    element.
    """
    read = subject.structured.microdata
    wrong = [found for found in read.faults if found.fault in _FAULTS]
    if wrong:
        return failed(*(_shown(found, subject) for found in wrong[:_MOST]))
    if not read.is_whole:
        return not_evaluated(Reason.UNREADABLE_MICRODATA)
    return passed() if read.items else NOT_APPLICABLE


def _shown(found: Found, subject: Subject) -> Evidence:
    places = subject.page.places
    excerpt = f"{found.fault}: {found.written[:60]!r}"
    return Evidence(excerpt, offset=places.start_of(found.node), css_path=places.css_path(found.node))


RULE = Rule(
    code="SD-06",
    id="broken-microdata",
    severity=Severity.ERROR,
    title_pass="The microdata is in order",
    title_fail="The microdata has properties or references that lead nowhere",
    why=(
        "A property outside any item is read by nobody, and one wrong reference can cut the reviews off from their"
        " product."
    ),
    example='<div itemprop="review" itemscope itemtype="https://schema.org/Review"> outside the product\'s element',
    remedy=(
        "Put every itemprop inside the element of its item, or name it by itemref; write itemtype as a whole address."
    ),
    source="https://html.spec.whatwg.org/multipage/microdata.html",
    check=check,
)
