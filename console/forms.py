"""Tokens that tie a form to the session it was shown in, so that no other site can send it."""

from core import clock, signatures
from core.accounts import SESSION_LIFE

FIELD = "form_token"


def token(secret: bytes, holder: str) -> str:
    """The hidden field's value for whoever holds this session (or, before sign-in, this browser's cookie)."""
    return signatures.sign(secret, _purpose(holder), [], expires_at=clock.now() + SESSION_LIFE)


def is_ours(secret: bytes, holder: str, sent: str) -> bool:
    """Whether the form was made for this holder and is not older than a session may be."""
    return signatures.verify(secret, _purpose(holder), sent) == ()


def _purpose(holder: str) -> str:
    # the holder is part of the key and never of the token: a page that leaks gives no session away
    return f"console form:{holder}"
