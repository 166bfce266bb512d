"""Checks as one HTML file for people: no script, nothing asked of any server, every word of a page escaped.

Of each rule the first pages are shown, so that the file of ten thousand pages can still be opened; JSON has them all.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from core.texts import say
from seo.excerpts import Excerpt
from seo.findings import Finding, Severity, Verdict
from seo.indexability import Indexable
from seo.reporters import Report, Survey
from seo.reporters.as_text import place, printable
from seo.reporters.tally import Tally, tally
from seo.rules import RULES
from seo.sightings import ReviewClass
from seo.wording import DOMAIN, reason_text, rule_text

_PAGES_A_RULE = 20
_PLACES_A_PAGE = 8
_PAGES_NOT_LOOKED_AT = 200
_STYLE = Path(__file__).with_name("report.css")
_UNTOLD = (Verdict.NOT_EVALUATED, Verdict.AMBIGUOUS, Verdict.CRASHED)


def pieces(survey: Survey, *, locale: str) -> Iterator[str]:
    """The document; the pages are gone through twice, once to count and once to quote."""
    counts = tally(survey)
    language = "fr" if locale.lower().startswith("fr") else "en"
    title = escape(say(DOMAIN, "html.title", locale))
    # the policy keeps even a browser's mistake from asking for anything
    yield (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="robots" content="noindex">\n'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{title}</title>\n<style>\n{_STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n<main>\n"
        f"<h1>{title}</h1>\n"
    )
    yield from _summary(survey, counts, locale=locale)
    yield from _coverage(counts, locale=locale)
    yield from _rules(survey, counts, locale=locale)
    yield "</main>\n</body>\n</html>\n"


def _summary(survey: Survey, counts: Tally, *, locale: str) -> Iterator[str]:
    first = next(iter(survey.pages), None)
    if first is not None and counts.pages + counts.failed + counts.skipped == 1:
        yield f"<p class=target>{_word(first.address)} · <time>{escape(first.checked_at)}</time></p>\n"
    numbers = [
        ("pages", counts.pages),
        ("errors", counts.faults[Severity.ERROR]),
        ("warnings", counts.faults[Severity.WARNING]),
        ("notes", counts.faults[Severity.INFO]),
        ("known", counts.known),
        ("resolved", survey.resolved),
        ("passed", counts.verdicts[Verdict.PASS]),
        ("not_evaluated", counts.verdicts[Verdict.NOT_EVALUATED]),
        ("ambiguous", counts.verdicts[Verdict.AMBIGUOUS]),
        ("crashed", counts.verdicts[Verdict.CRASHED]),
        ("failed", counts.failed),
        ("skipped", counts.skipped),
        ("unvisited", survey.unvisited),
    ]
    # what nobody asked about need not stand there as a zero; the first four always do
    shown = numbers[:4] + [each for each in numbers[4:] if each[1]]
    yield '<dl class="numbers">\n'
    for key, count in shown:
        yield f'<div class="{key}"><dt>{escape(say(DOMAIN, f"total.{key}", locale))}</dt><dd>{count}</dd></div>\n'
    yield "</dl>\n"


def _coverage(counts: Tally, *, locale: str) -> Iterator[str]:
    total = counts.classes.total()
    if not total:
        return
    yield f"<h2>{escape(say(DOMAIN, 'html.coverage', locale))}</h2>\n"
    yield "<table class=bars>\n"
    for kind in ReviewClass:
        if counts.classes[kind]:
            yield _bar(say(DOMAIN, f"class.{kind.value}", locale), counts.classes[kind], total, css=kind.value)
    yield f"</table>\n<h3>{escape(say(DOMAIN, 'html.indexable', locale))}</h3>\n<table class=bars>\n"
    for answer in Indexable:
        label = say(DOMAIN, f"indexable.{answer.value}", locale)
        yield _bar(label, counts.indexable[answer], total, css=f"index-{answer.value}")
    yield "</table>\n"


def _bar(label: str, count: int, total: int, *, css: str) -> str:
    share = 100 * count / total
    return (
        f'<tr class="{css}"><th scope=row>{escape(label)}</th><td class=bar aria-hidden=true>'
        f'<span style="width:{share:.1f}%"></span></td><td class=count>{count} ({share:.0f} %)</td></tr>\n'
    )


def _rules(survey: Survey, counts: Tally, *, locale: str) -> Iterator[str]:
    failing: dict[str, list[tuple[Report, Finding]]] = defaultdict(list)
    unseen: list[Report] = []
    untold: dict[tuple[str, str], int] = defaultdict(int)
    for report in survey.pages:
        if report.failure and len(unseen) < _PAGES_NOT_LOOKED_AT:
            unseen.append(report)
        for finding in report.findings:
            if finding.is_fault and len(failing[finding.code]) < _PAGES_A_RULE:
                failing[finding.code].append((report, finding))
            if finding.outcome.verdict in _UNTOLD:
                untold[finding.code, _why(finding, locale=locale)] += 1
    yield f"<h2>{escape(say(DOMAIN, 'html.findings', locale))}</h2>\n"
    faulty = [rule for rule in RULES if failing.get(rule.code)]
    for rule in sorted(faulty, key=lambda rule: -rule.severity.rank):
        yield from _rule(rule.code, failing[rule.code], counts.pages_by_rule[rule.code], locale=locale)
    if not faulty:
        yield f"<p>{escape(say(DOMAIN, 'html.no_findings', locale))}</p>\n"
    yield from _unseen(unseen, locale=locale)
    yield from _untold(untold, locale=locale)


def _why(finding: Finding, *, locale: str) -> str:
    verdict = say(DOMAIN, f"verdict.{finding.outcome.verdict.value}", locale)
    reason = reason_text(finding.outcome.reason, locale=locale) if finding.outcome.reason else finding.error_id
    return f"{verdict}: {reason}"


def _rule(code: str, cases: list[tuple[Report, Finding]], pages: int, *, locale: str) -> Iterator[str]:
    text = rule_text(code, locale=locale)
    severity = cases[0][1].severity.value
    label = escape(say(DOMAIN, f"severity.{severity}", locale))
    yield f'<section class="rule {severity}">\n<h3><span class=severity>{label}</span> {escape(text.title_fail)} '
    yield f"<small>{code}</small></h3>\n<dl>\n"
    for key, words in (("why", text.why), ("remedy", text.remedy), ("source", text.source)):
        yield f"<dt>{escape(say(DOMAIN, f'report.{key}', locale))}</dt><dd>{_linked(words)}</dd>\n"
    yield "</dl>\n"
    for report, finding in cases:
        yield from _case(report, finding, locale=locale)
    if pages > len(cases):
        yield f"<p>{escape(say(DOMAIN, 'html.more_pages', locale, count=pages - len(cases)))}</p>\n"
    yield "</section>\n"


def _linked(words: str) -> str:
    """Addresses as links; only in our own texts, never in a page's."""
    parts = (f'<a href="{escape(each)}">{escape(each)}</a>' if each.startswith("https://") else escape(each)
             for each in words.split(" "))  # fmt: skip
    return " ".join(parts)


def _case(report: Report, finding: Finding, *, locale: str) -> Iterator[str]:
    known = f" <em>{escape(say(DOMAIN, 'total.known', locale))}</em>" if finding.code in report.known else ""
    yield f"<details open>\n<summary>{_word(report.address)}{known}</summary>\n<ul>\n"
    shown = finding.outcome.evidence[:_PLACES_A_PAGE]
    for evidence in shown:
        yield f"<li>{_word(place(evidence, locale=locale))}</li>\n"
    if left := len(finding.outcome.evidence) - len(shown):
        yield f"<li>{escape(say(DOMAIN, 'report.more', locale, count=left))}</li>\n"
    yield "</ul>\n"
    for excerpt in report.excerpts:
        if excerpt.code == finding.code:
            yield _source(excerpt, locale=locale)
    yield "</details>\n"


def _source(excerpt: Excerpt, *, locale: str) -> str:
    key = "html.line" if excerpt.line else "html.element"
    caption = escape(say(DOMAIN, key, locale, **({"line": str(excerpt.line)} if excerpt.line else {})))
    code = f"{_source_text(excerpt.before)}<mark>{_source_text(excerpt.marked)}</mark>{_source_text(excerpt.after)}"
    # scrolled by keyboard too, so it can be reached by it
    return f'<figure><figcaption>{caption}</figcaption><pre tabindex="0"><code>{code}</code></pre></figure>\n'


def _unseen(reports: Iterable[Report], *, locale: str) -> Iterator[str]:
    rows = [f"<li>{_word(report.failure)}</li>\n" for report in reports]
    if rows:
        yield f"<h2>{escape(say(DOMAIN, 'html.unseen', locale))}</h2>\n<ul class=unseen>\n{''.join(rows)}</ul>\n"


def _untold(untold: dict[tuple[str, str], int], *, locale: str) -> Iterator[str]:
    if not untold:
        return
    yield f"<h2>{escape(say(DOMAIN, 'html.untold', locale))}</h2>\n<table class=untold>\n"
    for (code, why), pages in untold.items():
        title = escape(rule_text(code, locale=locale).title_pass)
        count = escape(say(DOMAIN, "html.page_count", locale, count=pages))
        yield f"<tr><th scope=row>{code}</th><td>{title}</td><td>{escape(why)}</td><td>{count}</td></tr>\n"
    yield "</table>\n"


def _word(text: str) -> str:
    return escape(printable(text))


def _source_text(text: str) -> str:
    """Source as it is read: lines stay; what would turn or hide the text around it is shown as a blank."""
    return escape("".join(each if each in "\n\t" or each.isprintable() else " " for each in text))
