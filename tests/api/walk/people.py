"""Every kind of caller there is, good and bad, of a server that holds Ada's things."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from core import accounts, customer_tokens
from core.customer_tokens import CustomerClaims
from core.identity import ROLE_PERMISSIONS, SCOPES, Permission, Role
from core.refusal import Refusal
from shop import customer_tokens as revocations
from shop.tables import Storefront
from tests.api.conftest import PASSWORD, Api, Callee, make_storefront
from tests.api.samples import OWNER

_PUBLIC = frozenset({Permission.READ_PUBLIC})
_CUSTOMER = _PUBLIC | {Permission.ACT_AS_CUSTOMER}
_SECRET = "a secret that the shop has never had, and long enough"


@dataclass(frozen=True, slots=True)
class Person:
    """A caller by name, and what they may do. `is_known`: False for strangers and for what is no longer good."""

    name: str
    callee: Callee
    may: frozenset[Permission] = frozenset()
    is_known: bool = True
    is_owner: bool = False


def everyone(api: Api) -> list[Person]:
    """All of them; who is known has been here before, so that their next visit writes nothing of its own."""
    people = [*_shoppers(api), *_staff(api), *_services(api), *_impostors(api)]
    for person in people:
        person.callee.run("{ viewer { kind } }")
    return people


def _shoppers(api: Api) -> Iterator[Person]:
    yield Person("anonymous", api.as_nobody(), is_known=False)
    yield Person("visitor", api.as_visitor(), _PUBLIC)
    yield Person("customer, whose it is", api.as_customer(OWNER), _CUSTOMER, is_owner=True)
    yield Person("another customer", api.as_customer("bea"), _CUSTOMER)
    yield Person("customer nobody has heard of", api.as_customer("new"), _CUSTOMER)


def _staff(api: Api) -> Iterator[Person]:
    for role in Role:
        yield Person(f"staff {role}", _beside_key(api, api.as_staff(role)), ROLE_PERMISSIONS[role])


def _services(api: Api) -> Iterator[Person]:
    yield Person("service without scope", _beside_key(api, api.as_service()), _PUBLIC)
    for scope in sorted(SCOPES):
        yield Person(f"service {scope}", _beside_key(api, api.as_service(scope)), _PUBLIC | {scope})


def _impostors(api: Api) -> Iterator[Person]:
    other = make_storefront(api.database, "other")
    ours, theirs = api.storefront.customer_secret, other.customer_secret
    bearers = {
        "expired customer token": _token(ours, api.storefront.handle, life=timedelta(hours=-1)),
        "forged customer token": _token(_SECRET, api.storefront.handle),
        "customer token for another audience": _token(ours, other.handle),
        "customer token of another storefront": _token(theirs, other.handle),
        "revoked customer token": _revoked_token(api),
        "revoked service key": api.database.writing(_revoked_key),
        "staff token that was ended": api.database.writing(_ended_token),
        "staff token of a closed account": api.database.writing(_token_of_a_closed_account),
        "console session": api.database.writing(_console_session),
    }
    for name, bearer in bearers.items():
        yield Person(name, _with_bearer(api.storefront, api, bearer), is_known=False)
    yield Person("unknown publishable key", Callee(api.client, {"Fidelio-Storefront-Key": "pk_x"}), is_known=False)


def _token(secret: str, audience: str, *, life: timedelta = timedelta(hours=1)) -> str:
    return customer_tokens.mint(CustomerClaims(OWNER, None, None, None), secret=secret, audience=audience, life=life)


def _revoked_token(api: Api) -> str:
    claims = CustomerClaims(OWNER, None, None, None, token_id="stolen")
    api.database.writing(lambda session: revocations.revoke(session, api.storefront.id, "stolen"))
    return customer_tokens.mint(claims, secret=api.storefront.customer_secret, audience=api.storefront.handle)


def _revoked_key(session: Session) -> str:
    made = accounts.create_service_key(session, name="old", scopes=sorted(SCOPES))
    assert not isinstance(made, Refusal)
    assert accounts.revoke_service_key(session, made[0].id)
    return made[1]


def _ended_token(session: Session) -> str:
    token = accounts.issue_credential(session, _admin(session, "ended@example.com"), for_console=False)
    assert accounts.end_credential(session, token)
    return token


def _token_of_a_closed_account(session: Session) -> str:
    admin = _admin(session, "closed@example.com")
    token = accounts.issue_credential(session, admin, for_console=False)
    session.get_one(accounts.StaffAccount, admin).active = False
    return token


def _console_session(session: Session) -> str:
    return accounts.issue_credential(session, _admin(session, "console@example.com"), for_console=True)


def _admin(session: Session, email: str) -> int:
    made = accounts.create_staff(session, email=email, name="A", role=Role.ADMIN, password=PASSWORD)
    assert not isinstance(made, Refusal)
    return made


def _with_bearer(storefront: Storefront, api: Api, bearer: str) -> Callee:
    key = {"Fidelio-Storefront-Key": storefront.publishable_key}
    return Callee(api.client, {**key, "Authorization": f"Bearer {bearer}"})


def _beside_key(api: Api, callee: Callee) -> Callee:
    # with the storefront's key beside them, what belongs to the storefront is theirs to read like anybody's
    return Callee(api.client, {**callee.headers, **api.as_visitor().headers})
