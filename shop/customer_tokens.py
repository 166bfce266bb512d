"""What a storefront takes as a customer's token, and which tokens it takes no longer. Reading one is core's."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from core import clock, public_keys
from core.customer_tokens import LONGEST_LIFE, CustomerClaims, TokenTerms
from core.public_keys import KINDS
from core.refusal import Refusal
from shop import storefronts, validation
from shop.queries import customer_tokens as queries
from shop.queries.storefronts import StorefrontRow
from shop.refusals import ShopRefusal
from shop.tables import Storefront

MAX_ISSUER = 500
MAX_TOKEN_ID = 200
_HOUR = timedelta(hours=1)
MAX_HOURS = LONGEST_LIFE // _HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningDraft:
    """Who may sign a storefront's customer tokens beside the shared secret; whole: what is left out is taken away.

    `jwks_url` or `jwks` (the text of a JWK Set), with at least one of `algorithms` and an `issuer`.
    """

    storefront_id: int
    issuer: str | None = None
    algorithms: tuple[str, ...] = ()
    jwks_url: str | None = None
    jwks: str | None = None
    token_hours: int = 720

    def refusal(self) -> Refusal | None:
        """What is wrong with it, by the first field at fault."""
        has_keys = bool(self.jwks_url or self.jwks)
        is_in_range = 1 <= self.token_hours <= MAX_HOURS
        beyond = Refusal(ShopRefusal.OUT_OF_RANGE, ("longestHours",), {"minimum": 1, "maximum": MAX_HOURS})
        return validation.first(
            validation.text(self.issuer, ("issuer",), maximum=MAX_ISSUER, required=has_keys),
            None if self.algorithms or not has_keys else Refusal(ShopRefusal.REQUIRED, ("algorithms",)),
            *(_algorithm(name, str(index)) for index, name in enumerate(self.algorithms)),
            _key_address(self.jwks_url),
            _key_set(self.jwks),
            None if is_in_range else beyond,
        )


def record_signing(session: Session, draft: SigningDraft) -> int | Refusal:
    """Keep who may sign the storefront's customer tokens; returns the storefront's id."""
    refused = storefronts.unknown(session, draft.storefront_id) or draft.refusal()
    if refused is not None:
        return refused
    storefront = session.get_one(Storefront, draft.storefront_id)
    storefront.token_issuer = draft.issuer or None
    storefront.token_algorithms = " ".join(dict.fromkeys(draft.algorithms))
    storefront.jwks_url, storefront.jwks = draft.jwks_url or None, draft.jwks or None
    storefront.token_hours = draft.token_hours
    session.flush()
    return storefront.id


def terms_of(storefront: StorefrontRow) -> TokenTerms:
    """What the storefront's tokens must be now."""
    until = storefront.former_secret_until
    is_good = storefront.former_secret and until is not None and clock.now_milliseconds() < until
    former = (storefront.former_secret,) if storefront.former_secret and is_good else ()
    return TokenTerms(
        audience=storefront.handle,
        secrets=(storefront.customer_secret, *former),
        algorithms=frozenset(storefront.token_algorithms.split()),
        issuer=storefront.token_issuer,
        longest_life=storefront.token_hours * _HOUR,
    )


@dataclass(frozen=True, slots=True)
class Bearer:
    """Who brings a valid token: their customer row, when there is one, and the language they chose."""

    customer_id: int | None
    locale: str | None


def known_bearer(session: Session, storefront_id: int, claims: CustomerClaims) -> Bearer | None:
    """Whose token it is; None when it was revoked. One statement."""
    row = queries.bearer(session, storefront_id, claims.subject, claims.token_id or "")
    if row.is_revoked or _is_signed_out(row.signed_out_at, claims):
        return None
    return Bearer(row.customer_id, row.locale)


def revoke(session: Session, storefront_id: int, token_id: str) -> int | Refusal:
    """Refuse the token of this `jti` from now on; again does nothing. Returns the storefront's id."""
    refused = storefronts.unknown(session, storefront_id) or validation.text(
        token_id, ("tokenId",), maximum=MAX_TOKEN_ID
    )
    if refused is not None:
        return refused
    queries.revoke(session, storefront_id, token_id, clock.now())
    return storefront_id


def sign_out(session: Session, storefront_id: int, external_id: str) -> int | Refusal:
    """Refuse every token of this customer that was issued up to now, and those that do not say when."""
    refused = storefronts.unknown(session, storefront_id) or validation.external_id(external_id, ("externalId",))
    if refused is not None:
        return refused
    queries.sign_out(session, storefront_id, external_id, clock.now())
    return storefront_id


def forget_revoked(session: Session, *, limit: int) -> int:
    """Drop revocations of tokens that have expired meanwhile; returns how many."""
    # a token's life is counted from its `iat`, which is required of a token with a `jti`, and a day covers the leeway
    return queries.forget_revoked(session, clock.now() - LONGEST_LIFE - timedelta(days=1), limit=limit)


def _is_signed_out(at_milliseconds: int | None, claims: CustomerClaims) -> bool:
    if at_milliseconds is None:
        return False
    # `iat` has whole seconds: a token of the very second is refused too
    return claims.issued_at is None or clock.to_milliseconds(claims.issued_at) <= at_milliseconds


def _algorithm(name: str, index: str) -> Refusal | None:
    return None if name in KINDS else Refusal(ShopRefusal.INVALID_KEY_SET, ("algorithms", index))


def _key_address(url: str | None) -> Refusal | None:
    if not url:
        return None
    good = validation.is_web_address(url) and len(url) <= validation.MAX_URL
    # a public key that travels in the clear is anybody's; a developer's own machine has no certificate
    is_safe = url.startswith(("https://", "http://127.0.0.1:", "http://localhost:"))
    return None if good and is_safe else Refusal(ShopRefusal.INVALID_URL, ("jwksUrl",))


def _key_set(text: str | None) -> Refusal | None:
    if not text:
        return None
    return None if public_keys.read(text) else Refusal(ShopRefusal.INVALID_KEY_SET, ("jwks",))
