"""The check's texts in the reader's language: rules and reasons. The words themselves live in the catalogues."""

from dataclasses import dataclass

from core.texts import say
from seo.findings import Reason
from seo.indexability import Indexable, IndexReason
from seo.rules import BY_CODE

DOMAIN = "seo"


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule's sentences in one language; example and source are the same in all."""

    title_pass: str
    title_fail: str
    why: str
    remedy: str
    example: str
    source: str


def rule_text(code: str, *, locale: str) -> RuleText:
    """What there is to read about the rule with this code. KeyError for a code that no rule has."""
    rule = BY_CODE[code]
    return RuleText(
        title_pass=say(DOMAIN, f"{code}.title_pass", locale),
        title_fail=say(DOMAIN, f"{code}.title_fail", locale),
        why=say(DOMAIN, f"{code}.why", locale),
        remedy=say(DOMAIN, f"{code}.remedy", locale),
        example=rule.example,
        source=rule.source,
    )


def reason_text(reason: Reason, *, locale: str) -> str:
    """Why a rule was not evaluated, as a sentence."""
    return say(DOMAIN, f"reason.{reason.value}", locale)


def index_text(reason: IndexReason, *, locale: str) -> str:
    """Why a review can or cannot be indexed, as half a sentence."""
    return say(DOMAIN, f"index.{reason.value}", locale)


def index_remedy(indexable: Indexable, reason: IndexReason, *, locale: str) -> str:
    """What to do about it; empty when there is nothing to do."""
    return "" if indexable is Indexable.YES else say(DOMAIN, f"index.{reason.value}.remedy", locale)
