"""Customer tokens: JWTs that a shop mints for its signed-in customers. Whose customer it is, is the shop room's.

Two families that never meet: HS256 with a secret shared with the shop, and signatures with a key that only its issuer
has, verified with the public one (core.public_keys).
"""

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from core import clock
from core.public_keys import KINDS, PublicKey

SHARED = "HS256"
LONGEST_LIFE = timedelta(days=365)
_LEEWAY = timedelta(seconds=30)
_LONGEST_SUBJECT = 120
_LONGEST_TOKEN = 65_536


class TokenProblem(StrEnum):
    """Why a token is refused; clients see one code, logs this one."""

    MALFORMED = "MALFORMED"
    EXPIRED = "EXPIRED"
    NOT_YET = "NOT_YET"
    TOO_LONG_A_LIFE = "TOO_LONG_A_LIFE"
    WRONG_AUDIENCE = "WRONG_AUDIENCE"
    WRONG_ISSUER = "WRONG_ISSUER"
    WRONG_ALGORITHM = "WRONG_ALGORITHM"
    UNKNOWN_KEY = "UNKNOWN_KEY"
    NO_SUBJECT = "NO_SUBJECT"
    NO_TIME_OF_ISSUE = "NO_TIME_OF_ISSUE"
    REVOKED = "REVOKED"


@dataclass(frozen=True, slots=True)
class CustomerClaims:
    """What a valid token says: the shop's id of the customer, and their e-mail when the shop vouches for it.

    `token_id` (jti) and `issued_at` (iat) are what a revocation names.
    """

    subject: str
    email: str | None
    first_name: str | None
    last_name: str | None
    token_id: str | None = None
    issued_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenTerms:
    """What the tokens of one storefront must be.

    `secrets`: those that sign HS256 now, the former one among them while it is good. `algorithms`: those that a public
    key may verify; `issuer`: the `iss` of such tokens. `longest_life`: from `iat`, or from now without one, to `exp`.
    """

    audience: str
    secrets: tuple[str, ...]
    algorithms: frozenset[str] = frozenset()
    issuer: str | None = None
    longest_life: timedelta = LONGEST_LIFE


@dataclass(frozen=True, slots=True)
class TokenHeader:
    """Which key a token says it was signed with; not verified."""

    algorithm: str
    kid: str | None

    @property
    def is_shared(self) -> bool:
        """Whether a shared secret must verify it."""
        return self.algorithm == SHARED


def header(token: str) -> TokenHeader | TokenProblem:
    """The header of what may be a token."""
    if len(token) > _LONGEST_TOKEN or not token.isascii():
        return TokenProblem.MALFORMED
    part = token.partition(".")[0]
    try:
        said = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, RecursionError):
        return TokenProblem.MALFORMED
    algorithm = said.get("alg") if isinstance(said, dict) else None
    if not isinstance(algorithm, str):
        return TokenProblem.MALFORMED
    return TokenHeader(algorithm, _text(said.get("kid")))


def read_shared(token: str, terms: TokenTerms) -> CustomerClaims | TokenProblem:
    """Verify an HS256 token with the shop's secrets: signature, `aud`, `exp` required, `sub` = external id.

    No other algorithm is accepted, "none" least of all.
    """
    # the library brings every kind of key along: whoever serves no customer yet need not wait for it
    from joserfc.jwk import OctKey

    from core import jose

    for secret in terms.secrets:
        claims = jose.verified(token, OctKey.import_key(secret), SHARED)
        if claims is not None:
            return _claims(claims, terms)
    return TokenProblem.MALFORMED


def read_signed(token: str, terms: TokenTerms, head: TokenHeader, key: PublicKey) -> CustomerClaims | TokenProblem:
    """Verify a token with a public key: as `read_shared`, with an algorithm of the terms, and their issuer."""
    if not accepts(terms, head):
        return TokenProblem.WRONG_ALGORITHM
    from core import jose

    claims = jose.verified(token, key.key, head.algorithm)
    if claims is None:
        return TokenProblem.MALFORMED
    if terms.issuer is not None and claims.get("iss") != terms.issuer:
        return TokenProblem.WRONG_ISSUER
    return _claims(claims, terms)


def accepts(terms: TokenTerms, head: TokenHeader) -> bool:
    """Whether a public key may verify a token with this header: never a symmetric algorithm, whatever the terms."""
    return head.algorithm in KINDS and head.algorithm in terms.algorithms


def mint(claims: CustomerClaims, *, secret: str, audience: str, life: timedelta = timedelta(hours=1)) -> str:
    """The token a shop's own server would make; used by the demo and by tests."""
    from joserfc import jwt
    from joserfc.jwk import OctKey

    person = {"email": claims.email, "given_name": claims.first_name, "family_name": claims.last_name}
    told = {**person, "jti": claims.token_id}
    body: dict[str, object] = {
        "sub": claims.subject,
        "aud": audience,
        "iat": int((claims.issued_at or clock.now()).timestamp()),
        "exp": int((clock.now() + life).timestamp()),
        **{name: value for name, value in told.items() if value},
    }
    return jwt.encode({"alg": SHARED}, body, OctKey.import_key(secret))


def _claims(claims: dict[str, Any], terms: TokenTerms) -> CustomerClaims | TokenProblem:
    issued_at = _instant(claims.get("iat"))
    problem = _untimely(claims, issued_at, terms)
    if problem is not None:
        return problem
    audiences = claims.get("aud")
    if terms.audience not in (audiences if isinstance(audiences, list) else [audiences]):
        return TokenProblem.WRONG_AUDIENCE
    subject, token_id = claims.get("sub"), _text(claims.get("jti"))
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT or not subject.isprintable():
        return TokenProblem.NO_SUBJECT
    if token_id is not None and issued_at is None:
        # a revocation by `jti` is kept for as long as a token may live, and that is counted from `iat`
        return TokenProblem.NO_TIME_OF_ISSUE
    return CustomerClaims(
        subject,
        _text(claims.get("email")),
        _text(claims.get("given_name")),
        _text(claims.get("family_name")),
        token_id=token_id,
        issued_at=issued_at,
    )


def _untimely(claims: dict[str, Any], issued_at: datetime | None, terms: TokenTerms) -> TokenProblem | None:
    now, expires, starts = clock.now(), _instant(claims.get("exp")), _instant(claims.get("nbf"))
    if expires is None or expires + _LEEWAY < now:
        return TokenProblem.EXPIRED
    if any(said in claims and at is None for said, at in (("nbf", starts), ("iat", issued_at))):
        return TokenProblem.MALFORMED
    if any(at is not None and at - _LEEWAY > now for at in (starts, issued_at)):
        return TokenProblem.NOT_YET
    if expires - (issued_at or now) > terms.longest_life + _LEEWAY:
        return TokenProblem.TOO_LONG_A_LIFE
    return None


def _instant(value: object) -> datetime | None:
    # a boolean is an int to Python, and NaN or a year 99999 is no date
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e11:
        return None
    return clock.from_milliseconds(int(value * 1000))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
