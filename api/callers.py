"""Who sent a request: publishable key, customer token, staff token or service key. Permissions are core.identity's."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlmodel import Session
from starlette.requests import HTTPConnection

from api.error_codes import ErrorCode
from api.errors import ApiError, invalid_token, unauthenticated
from core import accounts, customer_tokens, logs
from core.crossing import House, Rooms
from core.customer_tokens import CustomerClaims
from core.identity import ANONYMOUS, ROLE_PERMISSIONS, Caller, CallerKind, Permission
from core.refusal import Refusal
from shop import customers, storefronts
from shop.customers import CustomerDraft
from shop.queries.storefronts import StorefrontRow

_KEY_HEADER = "fidelio-storefront-key"
_KEY_SECONDS = 10.0
_PUBLIC = frozenset({Permission.READ_PUBLIC})
_logger = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Presented:
    """What a request shows of itself: a publishable key, and a Bearer token."""

    storefront_key: str | None
    bearer: str | None


class Doorkeeper:
    """Turns what a request presents into a Caller. Storefronts are remembered for ten seconds by their key."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._known: dict[str, tuple[float, StorefrontRow]] = {}

    async def identify(self, connection: HTTPConnection, rooms: Rooms) -> tuple[Caller, StorefrontRow | None]:
        """The caller and the storefront whose key came along. Raises as `admit` does."""
        return await self.admit(presented(connection), rooms)

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
        return await _customer(bearer, storefront, rooms)

    async def _storefront(self, key: str | None, rooms: Rooms) -> StorefrontRow | None:
        if key is None:
            return None
        known = self._known.get(key)
        if known is not None and known[0] > time.monotonic():
            return known[1]
        found = await rooms.read(storefronts.by_key, key)
        if found is None:
            raise unauthenticated()
        self._known[key] = (time.monotonic() + _KEY_SECONDS, found)
        return found

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


async def _customer(token: str, storefront: StorefrontRow | None, rooms: Rooms) -> Caller:
    if storefront is None:
        raise unauthenticated()
    claims = customer_tokens.read(token, secret=storefront.customer_secret, audience=storefront.handle)
    if not isinstance(claims, CustomerClaims):
        _logger.info("customer token refused", problem=claims.value, storefront=storefront.handle)
        raise invalid_token()
    customer_id, locale = await rooms.read(_known_customer, storefront.id, claims.subject)
    return replace(
        _visitor(storefront),
        kind=CallerKind.CUSTOMER,
        permissions=_PUBLIC | {Permission.ACT_AS_CUSTOMER},
        customer_id=customer_id,
        customer_external_id=claims.subject,
        claims=claims,
        locale=locale or storefront.locale,
    )


def _known_customer(session: Session, storefront_id: int, subject: str) -> tuple[int | None, str | None]:
    customer_id = customers.of_external_id(session, storefront_id, subject)
    customer = customers.get(session, customer_id) if customer_id is not None else None
    return customer_id, customer.locale if customer else None


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
