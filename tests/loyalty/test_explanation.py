"""Every movement says why, in the reader's words and numbers."""

import pytest
from sqlmodel import Session

from core import texts
from loyalty.explanation import ExplanationCode, text_key
from loyalty.tables import LedgerEntry
from tests.conftest import FrozenClock
from tests.loyalty.sums import only
from tests.make import loyalty as make


@pytest.mark.parametrize("locale", ["en", "fr", "zh-TW"])
@pytest.mark.parametrize("code", list(ExplanationCode))
def test_every_reason_has_its_sentence(code: ExplanationCode, locale: str) -> None:
    said = texts.say("loyalty", text_key(code), locale, count=2, order="1001", reward="Mug", reason="Sorry")

    assert "2" in said


@pytest.mark.parametrize(
    "locale, sentence",
    [
        ("en-US", "1,237 points for order 1001."),
        ("fr-FR", "1\u202f237 points pour la commande 1001."),
        ("zh-TW", "訂單 1001 獲得 1,237 點。"),
    ],
)
def test_an_order_explains_its_points(session: Session, frozen_clock: FrozenClock, locale: str, sentence: str) -> None:
    make.member(session, make.program(session))
    make.spent(session, 1237.5, external_id="1001")

    entry = only(session, LedgerEntry)

    assert texts.say("loyalty", text_key(entry.explanation), locale, zone="UTC", **entry.params) == sentence
