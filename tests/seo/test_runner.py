"""Running rules: a crash stays with its rule, and the exit code says what a script needs to know."""

from dataclasses import replace

import pytest

from seo.findings import Finding, Outcome, Reason, Severity, Verdict
from seo.rules import BY_CODE, RULES
from seo.runner import exit_code, run
from seo.subject import Subject
from tests.seo import samples


def test_every_rule_answers_in_the_order_of_the_catalogue() -> None:
    findings = run(samples.subject("<p>x"))

    assert [finding.code for finding in findings] == [rule.code for rule in RULES]


def test_a_rule_that_raises_has_crashed_and_the_others_answer() -> None:
    def broken(_: Subject) -> Outcome:
        raise ZeroDivisionError

    first, second = run(samples.subject("<p>x"), rules=[replace(RULES[0], check=broken), BY_CODE["IDX-01"]])

    assert first.outcome.verdict is Verdict.CRASHED
    assert len(first.error_id) == 8
    assert second.outcome.verdict is Verdict.PASS


def finding(verdict: Verdict, severity: Severity = Severity.ERROR) -> Finding:
    return Finding("X-01", "x", severity, Outcome(verdict, reason=Reason.NO_TRUTH))


@pytest.mark.parametrize(
    "findings,fail_on,strict,code",
    [
        ([finding(Verdict.PASS), finding(Verdict.NOT_APPLICABLE)], Severity.INFO, True, 0),
        ([finding(Verdict.FAIL)], Severity.ERROR, False, 1),
        ([finding(Verdict.FAIL, Severity.WARNING)], Severity.ERROR, False, 0),
        ([finding(Verdict.FAIL, Severity.WARNING)], Severity.WARNING, False, 1),
        ([finding(Verdict.NOT_EVALUATED)], Severity.ERROR, False, 0),
        ([finding(Verdict.NOT_EVALUATED)], Severity.ERROR, True, 1),
        ([finding(Verdict.AMBIGUOUS)], Severity.ERROR, True, 1),
        ([finding(Verdict.FAIL), finding(Verdict.CRASHED)], Severity.ERROR, False, 2),
    ],
)
def test_the_exit_code(findings: list[Finding], fail_on: Severity, strict: bool, code: int) -> None:
    assert exit_code(findings, fail_on=fail_on, strict=strict) == code


def test_codes_and_ids_are_unique_and_well_formed() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.id for rule in RULES}) == len(RULES)
    for rule in RULES:
        assert rule.id == rule.id.lower()
        assert not rule.id.startswith(("no-", "check-"))
        assert rule.source.startswith("https://")
        module = rule.check.__module__.rpartition(".")[2]
        assert module.replace("_", "-") == rule.id, "the file is named for the fault"
