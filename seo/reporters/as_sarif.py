"""Checks as SARIF 2.1.0, for code scanning: a result for each place of each fault.

Shape: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html. What crashed, was not evaluated or could not be
fetched is a notification of the invocation, never silence.
"""

import json
from collections.abc import Iterator
from urllib.parse import quote

from core.fetching import USER_AGENT
from seo.baseline import fingerprint
from seo.findings import Evidence, Finding, Severity, Verdict
from seo.reporters import Report, Survey
from seo.rules import RULES
from seo.rules.rule import Rule
from seo.wording import reason_text, rule_text

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_UNTOLD = (Verdict.NOT_EVALUATED, Verdict.AMBIGUOUS, Verdict.CRASHED)
# code scanning takes 25,000 results a file; one broken template must not use them up
_PLACES_A_FAULT = 20


def pieces(survey: Survey, *, locale: str) -> Iterator[str]:
    """The document, a page at a time: results first, then the notifications of the same pages."""
    driver = {
        "name": "Fidelio",
        "version": USER_AGENT.partition("/")[2],
        "rules": [_rule(rule, locale=locale) for rule in RULES],
    }
    yield f'{{"version": "2.1.0", "$schema": {_json(SCHEMA)}, "runs": [{{"tool": {{"driver": {_json(driver)}}},\n'
    yield '"columnKind": "unicodeCodePoints", "results": ['
    yield from _listed(each for report in survey.pages for each in _results(report, locale=locale))
    yield '], "invocations": [{"toolExecutionNotifications": ['
    yield from _listed(each for report in survey.pages for each in _notifications(report, locale=locale))
    ran = not any(_is_broken(report) for report in survey.pages)
    yield f'], "executionSuccessful": {_json(ran)}}}]}}]}}\n'


def _listed(things: Iterator[dict[str, object]]) -> Iterator[str]:
    for number, thing in enumerate(things):
        yield (",\n" if number else "\n") + _json(thing)


def _rule(rule: Rule, *, locale: str) -> dict[str, object]:
    text = rule_text(rule.code, locale=locale)
    return {
        "id": rule.code,
        "name": rule.id,
        "shortDescription": {"text": text.title_fail},
        "fullDescription": {"text": text.why},
        "help": {"text": f"{text.why} {text.remedy} {text.source}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _results(report: Report, *, locale: str) -> Iterator[dict[str, object]]:
    for finding in report.faults_found:
        text = rule_text(finding.code, locale=locale)
        for evidence in finding.outcome.evidence[:_PLACES_A_FAULT] or (Evidence(""),):
            told = f"{text.title_fail}: {evidence.excerpt}" if evidence.excerpt else text.title_fail
            yield {
                "ruleId": finding.code,
                "level": _LEVELS[finding.severity],
                "message": {"text": f"{told}. {text.remedy}"},
                "locations": [_location(report, evidence)],
                "partialFingerprints": {"fidelio/v1": fingerprint(finding, evidence, page=report.address)},
                "baselineState": "unchanged" if finding.code in report.known else "new",
            }


def _location(report: Report, evidence: Evidence) -> dict[str, object]:
    is_elsewhere = bool(evidence.url) and evidence.url != report.url
    physical: dict[str, object] = {"artifactLocation": {"uri": _uri(evidence.url or report.address)}}
    if evidence.line is not None:
        physical["region"] = {"startLine": evidence.line}
    elif evidence.offset is not None and not is_elsewhere:
        physical["region"] = {"byteOffset": evidence.offset, "byteLength": 0}
    location: dict[str, object] = {"physicalLocation": physical}
    if evidence.css_path:
        location["logicalLocations"] = [{"fullyQualifiedName": evidence.css_path, "kind": "element"}]
    return location


def _notifications(report: Report, *, locale: str) -> Iterator[dict[str, object]]:
    if report.failure:
        yield _notification(report, report.failure, level="note" if report.skipped else "error")
    for finding in report.findings:
        if finding.outcome.verdict in _UNTOLD:
            yield _untold(report, finding, locale=locale)


def _untold(report: Report, finding: Finding, *, locale: str) -> dict[str, object]:
    reason = reason_text(finding.outcome.reason, locale=locale) if finding.outcome.reason else finding.error_id
    level = "error" if finding.outcome.verdict is Verdict.CRASHED else "note"
    told = _notification(report, f"{finding.outcome.verdict.value}: {reason}", level=level)
    return told | {"associatedRule": {"id": finding.code}}


def _notification(report: Report, text: str, *, level: str) -> dict[str, object]:
    where = {"physicalLocation": {"artifactLocation": {"uri": _uri(report.address)}}}
    return {"level": level, "message": {"text": text}, "locations": [where]}


def _is_broken(report: Report) -> bool:
    return (bool(report.failure) and not report.skipped) or bool(report.verdicts()[Verdict.CRASHED])


def _uri(address: str) -> str:
    # a file's whole path is no relative reference
    scheme = "file://" if address.startswith("/") else ""
    return scheme + quote(address, safe="/:?#[]@!$&'()*+,;=%~")


def _json(thing: object) -> str:
    return json.dumps(thing, ensure_ascii=False)
