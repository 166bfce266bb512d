"""A check as JSON for machines. Its shape is a promise: fields are added, never renamed.

    {"version": 1, "target", "url", "checkedAt",
     "summary": {"errors", "warnings", "infos", "pass", "fail", "not-applicable", "not-evaluated", "ambiguous",
     "crashed"}, "findings": [{"code", "id", "severity", "verdict", "title", "reason"?: {"code", "text"}, "errorId"?,
     "why"?, "remedy"?, "source",
                   "known"?: true,
                   "evidence": [{"excerpt", "offset"?, "cssPath"?, "header"?, "line"?, "url"?, "reviewId"?}]}],
     "coverage"?: {"reviews", "yes", "no", "depends", "share"}, "rendering": {"done", "reason"?: {"code", "text"}},
     "reviews": [{"id", "class", "share", "indexable", "reason": {"code", "text"}, "remedy"?, "trigger"?: {"how",
     "label", "path", "href"}, "evidence": [as above]}]}

`offset` is a byte in the page's body, `line` a line of robots.txt. `why` and `remedy` stand with failures only.
`trigger` is what brought a review that appears after something was done.
A check that could not run is {"version": 1, "target", "error"}, with a sentence as error; `skipped` when robots.txt
asks for it. `known` faults are those of the baseline. Several pages are {"version": 1, "pages": [as above], "summary"}.
docs/seo-report.schema.json is this as JSON Schema.
"""

import json
from collections.abc import Iterator
from dataclasses import asdict

from seo.findings import Evidence, Finding, Severity, Verdict
from seo.indexability import Indexable, Judgement
from seo.reporters import Report, Survey
from seo.reporters.tally import tally
from seo.wording import index_remedy, index_text, reason_text, rule_text

_VERSION = 1


def render(report: Report, *, locale: str) -> str:
    """The whole report as one indented JSON document with a newline at its end."""
    return json.dumps(_page(report, locale=locale), ensure_ascii=False, indent=2) + "\n"


def pieces(survey: Survey, *, locale: str) -> Iterator[str]:
    """Several pages as one document, a line each."""
    yield f'{{"version": {_VERSION}, "pages": ['
    for number, report in enumerate(survey.pages):
        yield (",\n" if number else "\n") + json.dumps(_page(report, locale=locale), ensure_ascii=False)
    counts = tally(survey)
    summary = {
        "pages": counts.pages,
        "failed": counts.failed,
        "skipped": counts.skipped,
        "unvisited": survey.unvisited,
        "resolved": survey.resolved,
        **{f"{severity.value}s": counts.faults[severity] for severity in Severity},
        **{verdict.value: counts.verdicts[verdict] for verdict in Verdict},
    }
    yield f'\n], "summary": {json.dumps(summary)}}}\n'


def _page(report: Report, *, locale: str) -> dict[str, object]:
    if report.failure:
        told = {"version": _VERSION, "target": report.target, "error": report.failure}
        return told | ({"skipped": True} if report.skipped else {})
    return {
        "version": _VERSION,
        "target": report.target,
        "url": report.url,
        "checkedAt": report.checked_at,
        "summary": {
            "errors": report.faults(Severity.ERROR),
            "warnings": report.faults(Severity.WARNING),
            "infos": report.faults(Severity.INFO),
            **{verdict.value: report.verdicts()[verdict] for verdict in Verdict},
        },
        "findings": [
            _finding(finding, locale=locale) | ({"known": True} if finding.code in report.known else {})
            for finding in report.findings
        ],
        **_coverage(report),
        "rendering": _rendering(report, locale=locale),
        "reviews": [_review(judgement, locale=locale) for judgement in report.judgements],
    }


def _coverage(report: Report) -> dict[str, object]:
    if report.coverage is None:
        return {}
    counts = {each.value: report.indexable()[each] for each in Indexable}
    return {"coverage": {"reviews": len(report.judgements), **counts, "share": round(report.coverage, 3)}}


def _rendering(report: Report, *, locale: str) -> dict[str, object]:
    if report.unrendered is None:
        return {"done": True}
    text = reason_text(report.unrendered, locale=locale)
    return {"done": False, "reason": {"code": report.unrendered.value, "text": text}}


def _review(judgement: Judgement, *, locale: str) -> dict[str, object]:
    sighting = judgement.sighting
    told: dict[str, object] = {
        "id": sighting.review.id,
        "class": sighting.kind.value,
        "share": round(sighting.share, 3),
        "indexable": judgement.indexable.value,
        "reason": {"code": judgement.reason.value, "text": index_text(judgement.reason, locale=locale)},
    }
    if remedy := index_remedy(judgement.indexable, judgement.reason, locale=locale):
        told["remedy"] = remedy
    if sighting.trigger:
        told["trigger"] = asdict(sighting.trigger)
    places = (sighting.evidence, judgement.evidence)
    return told | {"evidence": [_evidence(place) for place in places if place]}


def _finding(finding: Finding, *, locale: str) -> dict[str, object]:
    text = rule_text(finding.code, locale=locale)
    told: dict[str, object] = {
        "code": finding.code,
        "id": finding.id,
        "severity": finding.severity.value,
        "verdict": finding.outcome.verdict.value,
        "title": text.title_fail if finding.is_fault else text.title_pass,
    }
    if finding.outcome.reason:
        told["reason"] = {
            "code": finding.outcome.reason.value,
            "text": reason_text(finding.outcome.reason, locale=locale),
        }
    if finding.error_id:
        told["errorId"] = finding.error_id
    if finding.is_fault:
        told |= {"why": text.why, "remedy": text.remedy}
    return told | {"source": text.source, "evidence": [_evidence(entry) for entry in finding.outcome.evidence]}


def _evidence(evidence: Evidence) -> dict[str, object]:
    places: dict[str, object] = {
        "offset": evidence.offset,
        "cssPath": evidence.css_path,
        "header": evidence.header,
        "line": evidence.line,
        "url": evidence.url,
        "reviewId": evidence.review_id,
    }
    return {"excerpt": evidence.excerpt, **{name: place for name, place in places.items() if place not in (None, "")}}
