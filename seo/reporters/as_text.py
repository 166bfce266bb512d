"""A check as text for a terminal: a summary, the reviews, then each finding with where, why, what to do and the
source.
"""

from collections import Counter
from collections.abc import Iterator

from core.texts import say
from seo.findings import Evidence, Finding, Severity, Verdict
from seo.indexability import Indexable, Judgement
from seo.reporters import Report, Survey
from seo.reporters.tally import tally
from seo.sightings import ReviewClass
from seo.wording import DOMAIN, index_remedy, index_text, reason_text, rule_text

_MOST_PLACES = 8
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.INFO: "36"}
_UNTOLD = (Verdict.CRASHED, Verdict.AMBIGUOUS, Verdict.NOT_EVALUATED)


def render(report: Report, *, locale: str, colour: bool = False, verbose: bool = False) -> str:
    """The report in the reader's language. The first line counts everything, the unevaluated too; `verbose` tells each
    review.
    """
    if report.failure:
        return printable(report.failure) + "\n"
    lines = [_summary(report, locale=locale), *_reviews(report, locale=locale, verbose=verbose)]
    for finding in report.faults_found:
        told = _fault(finding, locale=locale, colour=colour)
        is_known = finding.code in report.known
        lines += ["", f"{told[0]} ({say(DOMAIN, 'total.known', locale)})", *told[1:]] if is_known else ["", *told]
    untold = [finding for finding in report.findings if finding.outcome.verdict in _UNTOLD]
    if untold:
        lines += ["", *(_untold(finding, locale=locale) for finding in untold)]
    return "\n".join(lines) + "\n"


def pieces(survey: Survey, *, locale: str, colour: bool = False) -> Iterator[str]:
    """Several pages, each told only when it has something to mend, and what all add up to as the last line."""
    for report in survey.pages:
        if report.failure or report.faults_found or report.verdicts()[Verdict.CRASHED]:
            yield render(report, locale=locale, colour=colour) + "\n"
    counts = tally(survey)
    numbers = (
        ("pages", counts.pages),
        ("errors", counts.faults[Severity.ERROR]),
        ("warnings", counts.faults[Severity.WARNING]),
        ("notes", counts.faults[Severity.INFO]),
        ("not_evaluated", counts.verdicts[Verdict.NOT_EVALUATED]),
        ("ambiguous", counts.verdicts[Verdict.AMBIGUOUS]),
        ("crashed", counts.verdicts[Verdict.CRASHED]),
        ("failed", counts.failed),
        ("skipped", counts.skipped),
        ("unvisited", survey.unvisited),
        ("known", counts.known),
        ("resolved", survey.resolved),
    )
    yield " · ".join(f"{say(DOMAIN, f'total.{key}', locale)}: {count}" for key, count in numbers) + "\n"


def _summary(report: Report, *, locale: str) -> str:
    verdicts = report.verdicts()
    counts = [
        say(DOMAIN, "report.errors", locale, count=report.faults(Severity.ERROR)),
        say(DOMAIN, "report.warnings", locale, count=report.faults(Severity.WARNING)),
        say(DOMAIN, "report.infos", locale, count=report.faults(Severity.INFO)),
        say(DOMAIN, "report.passed", locale, count=verdicts[Verdict.PASS]),
        say(DOMAIN, "report.not_evaluated", locale, count=verdicts[Verdict.NOT_EVALUATED]),
    ]
    if verdicts[Verdict.AMBIGUOUS]:
        counts.append(say(DOMAIN, "report.ambiguous", locale, count=verdicts[Verdict.AMBIGUOUS]))
    if verdicts[Verdict.CRASHED]:
        counts.append(say(DOMAIN, "report.crashed", locale, count=verdicts[Verdict.CRASHED]))
    return f"{report.url or report.target}: {', '.join(counts)}"


def _reviews(report: Report, *, locale: str, verbose: bool) -> Iterator[str]:
    if not report.judgements:
        return
    classes = Counter(judgement.sighting.kind for judgement in report.judgements)
    listed = ", ".join(
        f"{classes[kind]} {say(DOMAIN, f'class.{kind.value}', locale)}" for kind in ReviewClass if classes[kind]
    )
    yield say(DOMAIN, "report.reviews", locale, count=len(report.judgements), classes=listed)
    counts = {each.value: str(report.indexable()[each]) for each in Indexable}
    share = f"{100 * (report.coverage or 0):.0f}"
    hint = "" if verbose else f" ({say(DOMAIN, 'report.verbose_hint', locale)})"
    yield say(DOMAIN, "report.indexable", locale, share=share, **counts) + hint
    if report.unrendered:
        yield say(DOMAIN, "report.unrendered", locale, why=reason_text(report.unrendered, locale=locale))
    if verbose:
        yield from (_review(judgement, locale=locale) for judgement in report.judgements)


def _review(judgement: Judgement, *, locale: str) -> str:
    sighting = judgement.sighting
    verdict = say(DOMAIN, f"indexable.{judgement.indexable.value}", locale)
    places = [place(each, locale=locale) for each in (sighting.evidence, judgement.evidence) if each]
    parts = [f"{sighting.kind}, {verdict}: {index_text(judgement.reason, locale=locale)}", *places]
    if remedy := index_remedy(judgement.indexable, judgement.reason, locale=locale):
        parts.append(f"{say(DOMAIN, 'report.remedy', locale)} {remedy}")
    return "    " + " · ".join(parts)


def _fault(finding: Finding, *, locale: str, colour: bool) -> list[str]:
    text = rule_text(finding.code, locale=locale)
    severity = say(DOMAIN, f"severity.{finding.severity.value}", locale)
    if colour:
        severity = f"\x1b[{_COLOURS[finding.severity]}m{severity}\x1b[0m"
    shown = finding.outcome.evidence[:_MOST_PLACES]
    left = len(finding.outcome.evidence) - len(shown)
    places = [f"    {say(DOMAIN, 'report.where', locale)} {place(evidence, locale=locale)}" for evidence in shown]
    if left:
        places.append(f"    {say(DOMAIN, 'report.more', locale, count=left)}")
    return [
        f"{severity} {finding.code} {text.title_fail} [{finding.id}]",
        *places,
        f"    {say(DOMAIN, 'report.why', locale)} {text.why}",
        f"    {say(DOMAIN, 'report.remedy', locale)} {text.remedy}",
        f"    {say(DOMAIN, 'report.source', locale)} {text.source}",
    ]


def place(evidence: Evidence, *, locale: str) -> str:
    """Where it is, on one line."""
    parts = [printable(evidence.excerpt)] if evidence.excerpt else []
    if evidence.offset is not None:
        parts.append(say(DOMAIN, "report.byte", locale, offset=str(evidence.offset)))
    if evidence.css_path:
        parts.append(evidence.css_path)
    if evidence.header:
        parts.append(printable(evidence.header))
    if evidence.url:
        line = f":{evidence.line}" if evidence.line is not None else ""
        parts.append(f"{printable(evidence.url)}{line}")
    if evidence.review_id:
        parts.append(say(DOMAIN, "report.review", locale, id=printable(evidence.review_id)))
    return " · ".join(parts)


def _untold(finding: Finding, *, locale: str) -> str:
    verdict = say(DOMAIN, f"verdict.{finding.outcome.verdict.value}", locale)
    reason = reason_text(finding.outcome.reason, locale=locale) if finding.outcome.reason else finding.error_id
    return f"{verdict} {finding.code} [{finding.id}]: {reason}"


def printable(text: str) -> str:
    """One line without control characters: what a page says must not drive the reader's terminal."""
    return "".join(character if character.isprintable() else " " for character in text)[:300]
