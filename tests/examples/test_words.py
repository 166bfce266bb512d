"""The storefront's two languages: the same sentences in both, numbers and dates as their readers write them."""

import re
import string
from pathlib import Path

import pytest

from examples.storefront import formats
from examples.storefront.words import WORDS, say

FRONT = Path(__file__).parents[2] / "examples" / "storefront"
ASKED = re.compile(r"""say(?:_in)?\((?:other\.language, |market\.language, )?["']([a-z_.]+)["'][,)]""")


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things() -> None:
    french, english = WORDS["fr"], WORDS["en"]

    assert french.keys() == english.keys()
    assert [key for key in french if placeholders(french[key]) != placeholders(english[key])] == []


def test_every_sentence_that_is_asked_for_exists() -> None:
    sources = [*FRONT.glob("templates/*.html"), *FRONT.glob("pages/*.py")]
    asked = {key for source in sources for key in ASKED.findall(source.read_text(encoding="utf-8"))}

    assert len(asked) > 40
    known = WORDS["en"].keys() | {key.rpartition(".")[0] + ".count" for key in WORDS["en"] if key.endswith(".one")}
    assert asked - known == set()


@pytest.mark.parametrize(
    "language, count, sentence",
    [("fr", 0, "0 point"), ("fr", 1, "1 point"), ("fr", 2, "2 points"), ("en", 0, "0 points"), ("en", 1, "1 point")],
)
def test_counts_agree(language: str, count: int, sentence: str) -> None:
    assert say(language, "member.points.count", count=count) == sentence


@pytest.mark.parametrize(
    "language, minor, currency, written",
    [
        ("fr", 2800, "EUR", "28,00\u00a0€"),
        ("fr", 123405, "EUR", "1\u202f234,05\u00a0€"),
        ("en", 3400, "USD", "$34.00"),
        ("en", 123405, "USD", "$1,234.05"),
    ],
)
def test_money(language: str, minor: int, currency: str, written: str) -> None:
    assert formats.money({"amountMinor": minor, "currencyCode": currency}, language) == written


@pytest.mark.parametrize(
    "language, instant, written",
    [
        ("fr", "2026-03-01T12:00:00.000Z", "1er mars 2026"),
        ("fr", "2026-03-31T22:30:00.000Z", "1er avril 2026"),
        ("en", "2026-03-01T03:00:00.000Z", "February 28, 2026"),
    ],
)
def test_days_are_those_of_the_shop(language: str, instant: str, written: str) -> None:
    assert formats.day(instant, language) == written


@pytest.mark.parametrize("language, tenths, written", [("fr", 46, "4,6"), ("en", 40, "4.0")])
def test_means(language: str, tenths: int, written: str) -> None:
    assert formats.mean(tenths, language) == written
