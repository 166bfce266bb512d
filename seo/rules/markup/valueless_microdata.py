"""SD-08: a microdata element lacks the attribute that gives its value. What belongs to nothing is broken-microdata."""

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.microdata import MicrodataFault
from seo.rules.rule import Rule
from seo.subject import Subject

_MOST = 20


def check(subject: Subject) -> Outcome:
    """Time needs datetime unless its text is ISO, data and meter value, pictures src, links href. Evidence: each
    element.
    """
    read = subject.structured.microdata
    places = subject.page.places
    wrong = [found for found in read.faults if found.fault is MicrodataFault.MISSING_VALUE]
    if wrong:
        return failed(
            *(
                Evidence(w.written, offset=places.start_of(w.node), css_path=places.css_path(w.node))
                for w in wrong[:_MOST]
            )
        )
    if not read.is_whole:
        return not_evaluated(Reason.UNREADABLE_MICRODATA)
    return passed() if read.items else NOT_APPLICABLE


RULE = Rule(
    code="SD-08",
    id="valueless-microdata",
    severity=Severity.WARNING,
    title_pass="Every microdata element gives its value",
    title_fail="A microdata element lacks the attribute that gives its value",
    why="A date in words or a picture without src is read as nothing, or as something that is no date.",
    example='<time itemprop="datePublished">last week</time>',
    remedy='Write <time datetime="2026-03-03">, <data value="4.7">, and src or href where the value is an address.',
    source="https://html.spec.whatwg.org/multipage/microdata.html#values",
    check=check,
)
