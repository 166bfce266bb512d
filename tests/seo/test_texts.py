"""The check speaks French and English in full, and its English is that of the rules' own files."""

import pytest

from core.fetching import FetchFailureKind
from core.texts import say
from seo.findings import Reason, Severity
from seo.indexability import Indexable, IndexReason
from seo.rules import RULES
from seo.rules.rule import Rule
from seo.wording import index_remedy, index_text, reason_text, rule_text

TEXTS = ("title_pass", "title_fail", "why", "remedy")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_english_catalogue_says_what_the_rules_file_says(rule: Rule) -> None:
    told = rule_text(rule.code, locale="en")

    assert {name: getattr(told, name) for name in TEXTS} == {name: getattr(rule, name) for name in TEXTS}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_is_told_in_french(rule: Rule) -> None:
    french, english = rule_text(rule.code, locale="fr-FR"), rule_text(rule.code, locale="en")

    assert all(getattr(french, name) and getattr(french, name) != getattr(english, name) for name in TEXTS)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_reason_severity_and_failure_has_its_words(locale: str) -> None:
    assert all(reason_text(reason, locale=locale) for reason in Reason)
    assert all(say("seo", f"severity.{severity.value}", locale) for severity in Severity)
    assert all(say("seo", f"failure.{kind.value}", locale) for kind in FetchFailureKind)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_reason_to_be_indexed_or_not_has_its_words_and_a_remedy_unless_all_is_well(locale: str) -> None:
    fine = {"in-html", "drawn-by-scripts", "in-open-shadow", "frame-gives-itself", "on-linked-page"}
    for reason in IndexReason:
        assert index_text(reason, locale=locale)
        if reason.value not in fine:
            assert index_remedy(Indexable.NO, reason, locale=locale)
