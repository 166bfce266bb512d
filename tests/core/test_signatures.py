"""Tokens that we sign, and the check of vendors' webhooks."""

import base64
from datetime import timedelta

import pytest

from core import clock
from core.signatures import TokenFlaw, hmac_base64, is_hmac_base64, pseudonym, sign, verify
from tests.conftest import FrozenClock

SECRET = b"a secret of the tests"


def token(purpose: str = "upload", minutes: int = 10) -> str:
    return sign(SECRET, purpose, [7, "été"], expires_at=clock.now() + timedelta(minutes=minutes))


def test_a_token_gives_back_its_fields(frozen_clock: FrozenClock) -> None:
    assert verify(SECRET, "upload", token()) == (7, "été")


def test_a_token_serves_one_purpose_and_one_secret(frozen_clock: FrozenClock) -> None:
    assert verify(SECRET, "preview", token("upload")) is TokenFlaw.FORGED
    assert verify(b"another secret", "upload", token("upload")) is TokenFlaw.FORGED


def test_a_token_expires_at_its_instant(frozen_clock: FrozenClock) -> None:
    given = token(minutes=10)

    frozen_clock.advance(minutes=9, seconds=59)
    assert verify(SECRET, "upload", given) == (7, "été")

    frozen_clock.advance(seconds=1)
    assert verify(SECRET, "upload", given) is TokenFlaw.EXPIRED


def test_a_changed_field_is_noticed(frozen_clock: FrozenClock) -> None:
    payload, _, mac = token().partition(".")
    forged = base64.urlsafe_b64decode(payload + "==").replace(b"7", b"8")

    altered = base64.urlsafe_b64encode(forged).rstrip(b"=").decode() + "." + mac
    assert verify(SECRET, "upload", altered) is TokenFlaw.FORGED


@pytest.mark.parametrize("nonsense", ["", ".", "a.b", "é.é", "a" * 5_000, "....", "\x00.\x00", "e30.e30"])
def test_nonsense_is_forged_and_never_raises(frozen_clock: FrozenClock, nonsense: str) -> None:
    assert verify(SECRET, "upload", nonsense) is TokenFlaw.FORGED


def test_a_pseudonym_is_steady_and_differs_by_text_purpose_and_secret() -> None:
    named = {
        pseudonym(SECRET, "author", "camille@mail.example"),
        pseudonym(SECRET, "author", "camille@mail.example"),
        pseudonym(SECRET, "author", "alix@mail.example"),
        pseudonym(SECRET, "visitor", "camille@mail.example"),
        pseudonym(b"another secret", "author", "camille@mail.example"),
    }

    assert len(named) == 4
    assert all(len(name) == 32 and "camille" not in name for name in named)


def test_a_webhook_is_checked_against_the_raw_body() -> None:
    # computed with: printf '{"id":1}' | openssl dgst -sha256 -hmac key -binary | base64
    expected = "yVxqfCx8dh6YTGjPZLS8qT8HJCkAqv27Mo07t1qw3LA="

    assert hmac_base64("key", b'{"id":1}') == expected
    assert is_hmac_base64("key", b'{"id":1}', expected)
    assert not is_hmac_base64("key", b'{"id": 1}', expected)
    assert not is_hmac_base64("other", b'{"id":1}', expected)
    assert not is_hmac_base64("key", b'{"id":1}', "é")
