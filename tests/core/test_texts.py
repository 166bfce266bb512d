"""Sentences in the reader's language, with numbers, money and dates as that language writes them."""

from datetime import UTC, datetime

import pytest

from core import texts
from core.accounts import AccountRefusal
from core.money import Money
from core.refusal import Refusal


@pytest.mark.parametrize(
    "tag, catalogue",
    [
        ("fr-FR", "fr"),
        ("fr-CA", "fr"),
        ("en-US", "en"),
        ("zh-TW", "zh_Hant"),
        ("zh-Hant-HK", "zh_Hant"),
        ("de-DE", "en"),
        ("rubbish!", "en"),
        ("", "en"),
    ],
)
def test_a_language_tag_finds_its_catalogue(tag: str, catalogue: str) -> None:
    assert texts.locale_of(tag) == catalogue


def test_a_refusal_is_said_in_the_readers_language() -> None:
    refusal = Refusal(AccountRefusal.PASSWORD_TOO_SHORT, ("password",), {"least": 12})

    assert texts.refusal_sentence(refusal, "en") == "The password is too short. Choose one of at least 12 characters."
    assert texts.refusal_sentence(refusal, "fr-FR").startswith("Le mot de passe est trop court.")


def test_a_language_without_the_sentence_gets_english() -> None:
    refusal = Refusal(AccountRefusal.EMAIL_TAKEN)

    assert texts.refusal_sentence(refusal, "zh-Hant") == texts.refusal_sentence(refusal, "en")


def test_a_key_that_nobody_wrote_is_a_bug() -> None:
    with pytest.raises(texts.MissingTextError):
        texts.say("core", "NO_SUCH_KEY", "en")


def test_values_are_written_as_the_language_writes_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_messages", lambda _locale, _domain: {"k": "{n} / {price} / {day}"})
    day = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)

    english = texts.say("core", "k", "en", zone="Europe/Paris", n=12345, price=Money(1250, "EUR"), day=day)
    french = texts.say("core", "k", "fr-FR", zone="UTC", n=12345, price=Money(1250, "EUR"), day=day)

    assert english == "12,345 / €12.50 / 2 March 2026"
    assert french == "12\u202f345 / 12,50\xa0€ / 1 mars 2026"


def test_a_plural_follows_the_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_messages", lambda _locale, _domain: {"k": ("{count} one", "{count} many")})

    said = {
        (locale, count): texts.say("core", "k", locale, count=count) for locale in ("en", "fr") for count in (0, 1, 2)
    }

    assert said == {
        ("en", 0): "0 many",
        ("en", 1): "1 one",
        ("en", 2): "2 many",
        ("fr", 0): "0 one",
        ("fr", 1): "1 one",
        ("fr", 2): "2 many",
    }
