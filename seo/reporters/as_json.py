"""A check as JSON for machines. Its shape is a promise: fields are added, never renamed.

    {"version": 1, "target", "url", "checkedAt",
     "summary": {"errors", "warnings", "infos", "pass", "fail", "not-applicable", "not-evaluated", "ambiguous",
     "crashed"}, "findings": [{"code", "id", "severity", "verdict", "title", "reason"?: {"code", "text"}, "errorId"?,
     "why"?, "remedy"?, "source",
                   "evidence": [{"excerpt", "offset"?, "cssPath"?, "header"?, "line"?, "url"?, "reviewId"?}]}],
     "reviews": [{"id", "class", "share"}]}

`offset` is a byte in the page's body, `line` a line of robots.txt. `why` and `remedy` stand with failures only.
A check that could not run is {"version": 1, "target", "error"}, with a sentence as error.
"""

import json

from seo.findings import Evidence, Finding, Severity, Verdict
from seo.reporters import Report
from seo.wording import reason_text, rule_text

_VERSION = 1


def render(report: Report, *, locale: str) -> str:
    """The whole report as one indented JSON document with a newline at its end."""
    document = {
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
        "findings": [_finding(finding, locale=locale) for finding in report.findings],
        "reviews": [{"id": s.review.id, "class": s.kind.value, "share": round(s.share, 3)} for s in report.sightings],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def could_not_run(target: str, why: str) -> str:
    """The document of a check that had nothing to look at."""
    return json.dumps({"version": _VERSION, "target": target, "error": why}, ensure_ascii=False, indent=2) + "\n"


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
