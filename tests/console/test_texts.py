"""Every sentence that a template or a view asks for exists, in both languages."""

import re
from itertools import chain
from pathlib import Path

import pytest

import console
from console.languages import LOCALES
from console.places import PLACES
from console.reasons import FAMILIES
from console.views.setting_up import OWN
from core import texts
from core.identity import Role
from core.webhooks.tables import AttemptOutcome, DeliveryState, DisabledReason, EndpointState
from loyalty import presets
from loyalty.referral_signals import SignalName
from loyalty.tables import ProgramKind, ProgramState, ReferralRejection, ReferralStage, RuleKind
from publishing.tables import CheckFailure, CheckState
from seo.findings import Severity
from seo.indexability import Indexable
from seo.sightings import ReviewClass
from tests.house.test_texts import catalogue
from ugc.reasons import ReasonCode
from ugc.screening.screen import ScreenCode
from ugc.states import ReviewAct, ReviewStatus
from ugc.tables.photos import PhotoStatus
from ugc.tables.reviews import Actor, Origin, Verification

FOLDER = Path(console.__file__).parent
ERRORS = ("bad_request", "forbidden", "not_found", "too_large", "role", "bug")
# what stands behind a key that is put together: t("status." ~ value)
PREFIXES: dict[str, tuple[str, ...]] = {
    "status.": (*ReviewStatus, *PhotoStatus),
    "verification.": tuple(Verification),
    "origin.": tuple(Origin),
    "actor.": tuple(Actor),
    "act.": tuple(ReviewAct),
    "reason.": tuple(ReasonCode),
    "verdict.": tuple(ScreenCode),
    "nav.": tuple(place.name for place in PLACES),
    "review.back.": ("queue", "decisions"),
    "role.": tuple(Role),
    "webhooks.state.": tuple(EndpointState),
    "webhooks.reason.": tuple(DisabledReason),
    "webhooks.delivery.": tuple(DeliveryState),
    "webhooks.outcome.": tuple(AttemptOutcome),
    "program.kind.": tuple(ProgramKind),
    "program.state.": tuple(ProgramState),
    "program.rule.": tuple(RuleKind),
    "program.own.": OWN,
    "program.number.": presets.NUMBERS,
    "referral.stage.": tuple(ReferralStage),
    "referral.rejection.": tuple(ReferralRejection),
    "referral.signal.": tuple(SignalName),
    "severity.": tuple(Severity),
    "check.state.": tuple(CheckState),
    "check.failure.": tuple(CheckFailure),
    "class.": tuple(ReviewClass),
    "indexable.": (Indexable.NO, Indexable.DEPENDS),
    "error.": (*(f"{kind}.title" for kind in ERRORS), *(f"{kind}.more" for kind in ERRORS)),
}
_WHOLE = re.compile(r"""\bt\(\s*["']([^"']+)["']\s*[,)]""")
_PART = re.compile(r"""\bt\(\s*["']([^"']+)["']\s*~""")
_IN_PYTHON = re.compile(r"""["']((?:flash|sign_in|decide)\.(?!html)[a-z_.]+)["']""")


def _templates() -> str:
    return "\n".join(path.read_text() for path in sorted(FOLDER.rglob("*.html")))


def _views() -> str:
    return "\n".join(path.read_text() for path in sorted(FOLDER.rglob("*.py")))


def _asked_for() -> set[str]:
    put_together = (f"{prefix}{value}" for prefix, values in PREFIXES.items() for value in values)
    families = (family for family, _ in FAMILIES)
    return {*_WHOLE.findall(_templates()), *_IN_PYTHON.findall(_views()), *put_together, *families}


@pytest.mark.parametrize("locale", LOCALES)
def test_every_sentence_that_is_asked_for_exists(locale: str) -> None:
    assert _asked_for() - set(catalogue(locale, "console")) == set()


def test_every_sentence_that_exists_is_asked_for() -> None:
    assert set(catalogue("en", "console")) - _asked_for() == set()


def test_keys_that_are_put_together_are_known_here() -> None:
    assert set(_PART.findall(_templates())) == set(PREFIXES)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_finding_of_a_screen_has_a_sentence_for_moderators(locale: str) -> None:
    assert all(texts.say("ugc", f"screen.{code}", locale) for code in chain(ScreenCode))
