"""Ask every rule about one page. A rule that raises has crashed, and the others are asked all the same."""

import logging
import secrets
from collections.abc import Container, Iterable

from seo.findings import Finding, Outcome, Severity, Verdict
from seo.rules import RULES
from seo.rules.rule import Rule
from seo.subject import Subject

_log = logging.getLogger(__name__)


def run(subject: Subject, *, rules: Iterable[Rule] = RULES) -> tuple[Finding, ...]:
    """Every rule's answer, in the order of the rules."""
    return tuple(_ask(rule, subject) for rule in rules)


def exit_code(
    findings: Iterable[Finding], *, fail_on: Severity, strict: bool, known: Container[str] = frozenset()
) -> int:
    """What a command that ran these ends with.

    - 2: a rule crashed. 1: a failure at or above `fail_on`, or under `strict` anything that could not be told. Else 0.
    - Failures of the rules whose codes are `known` count for nothing.
    """
    findings = tuple(findings)
    if any(finding.outcome.verdict is Verdict.CRASHED for finding in findings):
        return 2
    faults = (finding for finding in findings if finding.is_fault and finding.code not in known)
    if any(fault.severity.rank >= fail_on.rank for fault in faults):
        return 1
    untold = (Verdict.NOT_EVALUATED, Verdict.AMBIGUOUS)
    return int(strict and any(finding.outcome.verdict in untold for finding in findings))


def _ask(rule: Rule, subject: Subject) -> Finding:
    try:
        outcome = rule.check(subject)
    except Exception:  # noqa: BLE001 - a rule's bug must not take the other rules' answers with it
        error_id = secrets.token_hex(4)
        _log.exception("rule %s crashed on %s (%s)", rule.code, subject.page.url, error_id)
        return Finding(rule.code, rule.id, rule.severity, Outcome(Verdict.CRASHED), error_id)
    return Finding(rule.code, rule.id, outcome.severity or rule.severity, outcome)
