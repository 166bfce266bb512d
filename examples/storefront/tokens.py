"""Customer tokens: the JWT by which a shop tells Fidelio who is signed in. Who that is, sessions decides."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Mapping

LIFE_SECONDS = 3600


def mint(subject: str, *, audience: str, secret: str, given_name: str, now: float | None = None) -> str:
    """An HS256 token for the customer whom the shop calls `subject`, good for an hour on storefront `audience`."""
    expires = int((time.time() if now is None else now) + LIFE_SECONDS)
    claims = {"sub": subject, "aud": audience, "exp": expires, "given_name": given_name}
    signed = f"{_part({'alg': 'HS256', 'typ': 'JWT'})}.{_part(claims)}"
    digest = hmac.new(secret.encode(), signed.encode(), hashlib.sha256).digest()
    return f"{signed}.{_base64url(digest)}"


def given_name(token: str) -> str:
    """The first name a token says, for a greeting; nothing is verified here, the API does that."""
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        name = claims.get("given_name")
    except (IndexError, ValueError, AttributeError):
        return ""
    return name if isinstance(name, str) else ""


def _part(content: Mapping[str, object]) -> str:
    return _base64url(json.dumps(content, separators=(",", ":")).encode())


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
