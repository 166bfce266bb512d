"""Customer tokens: JWTs that a shop mints for its signed-in customers. Whose customer it is, is the shop room's."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from core import clock

_LEEWAY = 30
_LONGEST_SUBJECT = 120


class TokenProblem(StrEnum):
    """Why a token is refused; clients see one code, logs this one."""

    MALFORMED = "MALFORMED"
    EXPIRED = "EXPIRED"
    WRONG_AUDIENCE = "WRONG_AUDIENCE"
    NO_SUBJECT = "NO_SUBJECT"


@dataclass(frozen=True, slots=True)
class CustomerClaims:
    """What a valid token says: the shop's id of the customer, and their e-mail when the shop vouches for it."""

    subject: str
    email: str | None
    first_name: str | None
    last_name: str | None


def read(token: str, *, secret: str, audience: str) -> CustomerClaims | TokenProblem:
    """Verify an HS256 token: signature, `aud` = the storefront's handle, `exp` required, `sub` = external id.

    No other algorithm is accepted, "none" least of all.
    """
    # the library brings every kind of key along: whoever serves no customer yet need not wait for it
    from joserfc import jwt
    from joserfc.errors import JoseError
    from joserfc.jwk import OctKey

    try:
        claims = jwt.decode(token, OctKey.import_key(secret), algorithms=["HS256"]).claims
    # a header or a body of the wrong shape, or too deep, is met by the library with errors of any kind
    except (JoseError, ValueError, TypeError, RecursionError):
        return TokenProblem.MALFORMED
    expires, audiences = claims.get("exp"), claims.get("aud")
    if not isinstance(expires, int | float) or not expires + _LEEWAY >= clock.now().timestamp():
        return TokenProblem.EXPIRED
    if audience not in (audiences if isinstance(audiences, list) else [audiences]):
        return TokenProblem.WRONG_AUDIENCE
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= _LONGEST_SUBJECT or not subject.isprintable():
        return TokenProblem.NO_SUBJECT
    return CustomerClaims(
        subject, _text(claims.get("email")), _text(claims.get("given_name")), _text(claims.get("family_name"))
    )


def mint(claims: CustomerClaims, *, secret: str, audience: str, life: timedelta = timedelta(hours=1)) -> str:
    """The token a shop's own server would make; used by the demo and by tests."""
    from joserfc import jwt
    from joserfc.jwk import OctKey

    person = {"email": claims.email, "given_name": claims.first_name, "family_name": claims.last_name}
    body: dict[str, object] = {
        "sub": claims.subject,
        "aud": audience,
        "exp": int((clock.now() + life).timestamp()),
        **{name: value for name, value in person.items() if value},
    }
    return jwt.encode({"alg": "HS256"}, body, OctKey.import_key(secret))


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
