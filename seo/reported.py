"""From what was gathered of a page to its report: every rule asked, every review judged. Telling it is reporters/."""

from core import clock
from seo import excerpts
from seo.indexability import judged
from seo.reporters import Report
from seo.runner import run
from seo.subject import Subject


def reported(target: str, subject: Subject, *, with_excerpts: bool = False) -> Report:
    """The report of one page. `with_excerpts` quotes its source, which is read once more for that."""
    findings = run(subject)
    return Report(
        target,
        subject.page.url,
        findings,
        judged(subject),
        clock.iso(clock.now()),
        None if subject.rendered else subject.unrendered,
        excerpts=excerpts.of(subject.page, findings) if with_excerpts else (),
    )
