"""Signing with HMAC-SHA256: short tokens of our own, our webhooks and vendors'. JWTs are core.customer_tokens'."""

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from core import clock

Field: TypeAlias = int | str

MAX_TOKEN_LENGTH = 2_000


class TokenFlaw(StrEnum):
    """Why a token does not count."""

    FORGED = "FORGED"
    EXPIRED = "EXPIRED"


def sign(secret: bytes, purpose: str, fields: Sequence[Field], *, expires_at: datetime) -> str:
    """A token for addresses that carries `fields` readably and cannot be altered or used for another purpose.

    It counts until `expires_at`, that instant excluded. Fields are visible to whoever holds the token.
    """
    payload = json.dumps([clock.to_milliseconds(expires_at), *fields], separators=(",", ":")).encode()
    return f"{_encode(payload)}.{_encode(_mac(secret, purpose, payload))}"


def verify(secret: bytes, purpose: str, token: str) -> tuple[Field, ...] | TokenFlaw:
    """The fields that `sign` was given for this purpose, or what is wrong with the token."""
    if len(token) > MAX_TOKEN_LENGTH or not token.isascii():
        return TokenFlaw.FORGED
    encoded, _, claimed = token.partition(".")
    payload, mac = _decode(encoded), _decode(claimed)
    if payload is None or mac is None or not hmac.compare_digest(_mac(secret, purpose, payload), mac):
        return TokenFlaw.FORGED
    # signed by us, so it has the shape that `sign` gave it
    expires_at, *fields = json.loads(payload)
    return tuple(fields) if clock.now_milliseconds() < expires_at else TokenFlaw.EXPIRED


def pseudonym(secret: bytes, purpose: str, text: str) -> str:
    """A name for `text` that stays the same and does not tell it: 32 hexadecimal digits of a keyed hash."""
    return _mac(secret, purpose, text.encode("utf-8", "surrogatepass")).hex()[:32]


def derived(secret: bytes, purpose: str, text: str) -> bytes:
    """32 bytes that whoever knows the secret can make again from `text`, and nobody else."""
    return _mac(secret, purpose, text.encode())


def standard_webhook(secret: bytes, *, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature of a message as the header `webhook-signature` lists them; `timestamp` in whole seconds.

    Source: https://www.standardwebhooks.com, "Signature scheme", v1.
    """
    signed = f"{message_id}.{timestamp}.".encode() + body
    return f"v1,{base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()}"


def hmac_base64(secret: str, body: bytes) -> str:
    """The base64 HMAC-SHA256 of a raw body, as shops' webhooks carry it in a header."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def is_hmac_base64(secret: str, body: bytes, claimed: str) -> bool:
    """Whether `claimed` is `hmac_base64` of the body, compared in constant time."""
    # as bytes: comparing texts refuses what is not ASCII with an exception
    return hmac.compare_digest(hmac_base64(secret, body).encode(), claimed.encode())


def _mac(secret: bytes, purpose: str, payload: bytes) -> bytes:
    # a key of its own per purpose: an upload's token can never pass for a preview's
    key = hmac.new(secret, f"fidelio:{purpose}".encode(), hashlib.sha256).digest()
    return hmac.new(key, payload, hashlib.sha256).digest()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _decode(text: str) -> bytes | None:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
