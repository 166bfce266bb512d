"""E-mail addresses: one spelling for matching, nothing guessed."""

import pytest

from shop import emails


@pytest.mark.parametrize(
    "told, matched",
    [
        ("ada@mail.example", "ada@mail.example"),
        ("  Ada.L@Mail.Example ", "ada.l@mail.example"),
        ("ａｄａ@mail.example", "ada@mail.example"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        ("ada+shop@mail.example", "ada+shop@mail.example"),
    ],
)
def test_spellings_of_one_address_match(told: str, matched: str) -> None:
    assert emails.normalise(told) == matched


@pytest.mark.parametrize(
    "told",
    ["", "@", "ada", "ada@", "@mail.example", "ada@mail", "a b@mail.example", "ada@-x.example", "ada@a..example",
     "ada@mail.example\x00", "\ud800@mail.example", "x" * 250 + "@mail.example",
     "ada@mail" + "\u00ad" * 400 + ".example"],
)  # fmt: skip
def test_what_is_no_address_has_no_spelling(told: str) -> None:
    assert emails.normalise(told) is None
