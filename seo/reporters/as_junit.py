"""Checks as JUnit XML, for what shows test results: a suite a page, a case a rule.

What was not evaluated is skipped with its reason, and so is a fault that the baseline knows.
"""

from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from seo.findings import Finding, Verdict
from seo.reporters import Report, Survey
from seo.reporters.as_text import place
from seo.wording import reason_text, rule_text

_SKIPPED = (Verdict.NOT_EVALUATED, Verdict.AMBIGUOUS)


def pieces(survey: Survey, *, locale: str) -> Iterator[str]:
    """The document, a page at a time."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="fidelio seo">\n'
    for report in survey.pages:
        yield from _suite(report, locale=locale)
    yield "</testsuites>\n"


def _suite(report: Report, *, locale: str) -> Iterator[str]:
    name = _attribute(report.address)
    if report.failure:
        kind, count = ("skipped", 'errors="0" skipped="1"') if report.skipped else ("error", 'errors="1" skipped="0"')
        yield f'  <testsuite name={name} tests="1" failures="0" {count}>\n'
        yield f'    <testcase classname={name} name="page"><{kind} message={_attribute(report.failure)}/></testcase>\n'
        yield "  </testsuite>\n"
        return
    verdicts = report.verdicts()
    failures = verdicts[Verdict.FAIL] - len(report.known)
    skipped = sum(verdicts[each] for each in _SKIPPED) + len(report.known)
    counts = f'failures="{failures}" errors="{verdicts[Verdict.CRASHED]}" skipped="{skipped}"'
    yield f'  <testsuite name={name} tests="{len(report.findings)}" {counts} timestamp="{report.checked_at}">\n'
    for finding in report.findings:
        case = _attribute(f"{finding.code} {finding.id}")
        yield f"    <testcase classname={name} name={case}>{_outcome(report, finding, locale=locale)}</testcase>\n"
    yield "  </testsuite>\n"


def _outcome(report: Report, finding: Finding, *, locale: str) -> str:
    text = rule_text(finding.code, locale=locale)
    verdict = finding.outcome.verdict
    if finding.code in report.known:
        return f"<skipped message={_attribute(f'baseline: {text.title_fail}')}/>"
    if verdict is Verdict.CRASHED:
        return f"<error message={_attribute(finding.error_id)}/>"
    if verdict in _SKIPPED and finding.outcome.reason:
        return f"<skipped message={_attribute(reason_text(finding.outcome.reason, locale=locale))}/>"
    if verdict is not Verdict.FAIL:
        return ""
    told = [place(each, locale=locale) for each in finding.outcome.evidence[:8]] + [text.why, text.remedy, text.source]
    kind = f"type={_attribute(finding.severity.value)}"
    # as an attribute's text, which escapes the same characters
    return f"<failure message={_attribute(text.title_fail)} {kind}>{_attribute(' | '.join(told))[1:-1]}</failure>"


def _attribute(text: str) -> str:
    """Quoted, and without what XML cannot carry: control characters and lone surrogates are not printable."""
    return quoteattr("".join(each for each in text if each.isprintable()), {'"': "&quot;"})
