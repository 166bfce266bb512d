"""Who sent a request: publishable key, customer token, staff token or service key. Permissions are core.identity's."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from sqlmodel import Session
from starlette.requests import HTTPConnection

from api.error_codes import ErrorCode
from api.errors import ApiError, invalid_token, unauthenticated
from core import accounts, customer_tokens, logs, public_keys
from core.crossing import House, Rooms
from core.customer_tokens import CustomerClaims, TokenHeader, TokenProblem
from core.identity import ANONYMOUS, ROLE_PERMISSIONS, Caller, CallerKind, Permission
from core.key_sets import KeySets
from core.public_keys import PublicKey
from core.refusal import Refusal
from shop import customers, storefronts
from shop.customer_tokens import Bearer, known_bearer, terms_of
from shop.customers import CustomerDraft
from shop.queries.storefronts import StorefrontRow

_KEY_HEADER = "fidelio-storefront-key"
_KEY_SECONDS = 10.0
_PUBLIC = frozenset({Permission.READ_PUBLIC})
_logger = logs.get(__name__)
# each set is read once, and not with every token; a merchant has a handful
_pasted = lru_cache(maxsize=32)(public_keys.read)


@dataclass(frozen=True, slots=True)
class Presented:
    """What a request shows of itself: a publishable key, and a Bearer token."""

    storefront_key: str | None
    bearer: str | None


class Doorkeeper:
    """Turns what a request presents into a Caller. Storefronts are remembered for ten seconds by their key."""

    def __init__(self, house: House, key_sets: KeySets) -> None:
        self._house = house
        self._key_sets = key_sets
        self._known: dict[str, tuple[float, StorefrontRow]] = {}

    async def admit(self, shown: Presented, rooms: Rooms) -> tuple[Caller, StorefrontRow | None]:
        """The caller who shows this, and the storefront of the key.

        Raises an ApiError with UNAUTHENTICATED for a key or token that is not good.
        """
        storefront = await self._storefront(shown.storefront_key, rooms)
        return await self._caller(shown.bearer, storefront, rooms), storefront

    async def _caller(self, bearer: str | None, storefront: StorefrontRow | None, rooms: Rooms) -> Caller:
        if bearer is None:
            return ANONYMOUS if storefront is None else _visitor(storefront)
        if bearer.startswith("sk_"):
            return await self._service(bearer, storefront, rooms)
        if bearer.startswith("st_"):
            return await _staff(bearer, storefront, rooms)
        if storefront is None:
            raise unauthenticated()
        return await self._bearer(bearer, storefront, rooms)

    async def _storefront(self, key: str | None, rooms: Rooms) -> StorefrontRow | None:
        if key is None:
            return None
        known = self._known.get(key)
        if known is not None and known[0] > time.monotonic() and storefronts.is_good(known[1], key):
            return known[1]
        found = await rooms.read(storefronts.by_key, key)
        if found is None:
            raise unauthenticated()
        self._known[key] = (time.monotonic() + _KEY_SECONDS, found)
        return found

    async def _bearer(self, token: str, storefront: StorefrontRow, rooms: Rooms) -> Caller:
        claims = await self._claims(token, storefront)
        found = await rooms.read(known_bearer, storefront.id, claims) if isinstance(claims, CustomerClaims) else None
        if isinstance(claims, TokenProblem) or found is None:
            problem = claims if isinstance(claims, TokenProblem) else TokenProblem.REVOKED
            _logger.info("customer token refused", problem=problem.value, storefront=storefront.handle)
            raise invalid_token()
        return _customer(storefront, claims, found)

    async def _claims(self, token: str, storefront: StorefrontRow) -> CustomerClaims | TokenProblem:
        head, terms = customer_tokens.header(token), terms_of(storefront)
        if isinstance(head, TokenProblem):
            return head
        if head.is_shared:
            return customer_tokens.read_shared(token, terms)
        if not customer_tokens.accepts(terms, head):
            return TokenProblem.WRONG_ALGORITHM
        key = await self._key(storefront, head)
        return TokenProblem.UNKNOWN_KEY if key is None else customer_tokens.read_signed(token, terms, head, key)

    async def _key(self, storefront: StorefrontRow, head: TokenHeader) -> PublicKey | None:
        """The public key a token names: of the set the merchant pasted, else of the one at the shop's address."""
        pasted = _pasted(storefront.jwks) if storefront.jwks else None
        found = public_keys.fitting(pasted, head.algorithm, head.kid) if pasted else None
        if found is not None or storefront.jwks_url is None:
            return found
        return await self._key_sets.find(storefront.jwks_url, head.algorithm, head.kid)

    async def _service(self, text: str, storefront: StorefrontRow | None, rooms: Rooms) -> Caller:
        key = await rooms.read(accounts.service_key_of, text)
        if key is None:
            raise invalid_token()
        if not accounts.is_use_noted(key):
            await self._house.write(_noting_use(key.id))
        caller = Caller(CallerKind.SERVICE, accounts.permissions_of(key), service_key_id=key.id)
        return _within(caller, storefront)


def presented(connection: HTTPConnection) -> Presented:
    """What a request's headers, or its address, show."""
    key = connection.headers.get(_KEY_HEADER) or connection.query_params.get("key")
    return Presented(key or None, bearer_of(connection.headers.get("authorization", "")))


def bearer_of(authorization: str) -> str | None:
    """The token of an Authorization header, when it is a Bearer's."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def _visitor(storefront: StorefrontRow) -> Caller:
    return Caller(
        CallerKind.VISITOR,
        _PUBLIC,
        storefront_id=storefront.id,
        locale=storefront.locale,
        zone=storefront.time_zone,
    )


def _customer(storefront: StorefrontRow, claims: CustomerClaims, bearer: Bearer) -> Caller:
    return replace(
        _visitor(storefront),
        kind=CallerKind.CUSTOMER,
        permissions=_PUBLIC | {Permission.ACT_AS_CUSTOMER},
        customer_id=bearer.customer_id,
        customer_external_id=claims.subject,
        claims=claims,
        locale=bearer.locale or storefront.locale,
    )


async def _staff(token: str, storefront: StorefrontRow | None, rooms: Rooms) -> Caller:
    def find(session: Session) -> accounts.StaffAccount | None:
        return accounts.staff_of(session, token, for_console=False)

    account = await rooms.read(find)
    if account is None:
        raise invalid_token()
    caller = Caller(CallerKind.STAFF, ROLE_PERMISSIONS[account.role], staff_id=account.id, locale=account.locale)
    return replace(_within(caller, storefront), locale=account.locale)


def _within(caller: Caller, storefront: StorefrontRow | None) -> Caller:
    """A key beside a staff token or service key says which storefront's prices and words are meant."""
    if storefront is None:
        return caller
    return replace(caller, storefront_id=storefront.id, locale=storefront.locale, zone=storefront.time_zone)


def _noting_use(key_id: int) -> Callable[[Session], bool]:
    return lambda session: accounts.note_use(session, key_id)


def customer_of(session: Session, caller: Caller) -> int:
    """The caller's customer row, made at their first write. Call it inside the write's transaction.

    Only for callers with ACT_AS_CUSTOMER.
    """
    if caller.customer_id is not None:
        return caller.customer_id
    if caller.storefront_id is None or caller.claims is None:
        raise ApiError(ErrorCode.FORBIDDEN, "Only a customer token can do this.")
    draft = CustomerDraft(
        storefront_id=caller.storefront_id,
        external_id=caller.claims.subject,
        email=caller.claims.email,
        first_name=caller.claims.first_name,
        last_name=caller.claims.last_name,
    )
    made = customers.record(session, draft)
    if isinstance(made, Refusal):
        # the shop's token says something of the person that we cannot keep: the account alone is enough
        return customers.ensure_external(session, caller.storefront_id, caller.claims.subject)
    return made
