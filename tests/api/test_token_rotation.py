"""Keys and secrets that change while shoppers shop, and tokens that are taken back."""

from datetime import timedelta

import pytest
from sqlmodel import func, select

from api.shop.mutations.configure_customer_tokens import ConfigureCustomerTokensErrorCode, TokenAlgorithm
from core import customer_tokens
from core.customer_tokens import CustomerClaims
from core.identity import Permission
from core.ids import to_public
from core.public_keys import KINDS
from shop import customer_tokens as room
from shop.tables import RevokedToken, Storefront
from tests.api.conftest import Api, Callee, make_storefront
from tests.api.walk.fingerprints import fingerprint
from tests.conftest import FrozenClock

WHO = "{ viewer { kind } }"
ROTATE_KEY = """mutation ($input: RotationInput!) { rotateStorefrontKey(input: $input) {
  storefront { publishableKey formerKeyUntil } userErrors { code field } } }"""
ROTATE_SECRET = """mutation ($input: RotationInput!, $key: String) { rotateCustomerSecret(
  input: $input, idempotencyKey: $key) { secret userErrors { code field } } }"""
REVOKE = """mutation ($input: RevokeCustomerTokensInput!) { revokeCustomerTokens(input: $input) {
  revoked userErrors { code field } } }"""
SIGN_OUT = "mutation { signOutEverywhere { signedOut userErrors { code } } }"


@pytest.fixture
def manager(api: Api) -> Callee:
    """One of the merchant's systems."""
    return api.as_service(Permission.MANAGE_SHOP)


def of(api: Api, **more: object) -> dict[str, object]:
    return {"storefrontId": to_public("Storefront", api.storefront.id), **more}


def bearing(api: Api, token: str) -> Callee:
    return Callee(api.client, {**api.as_visitor().headers, "Authorization": f"Bearer {token}"})


def minted(api: Api, *, subject: str = "c-1", token_id: str | None = None) -> Callee:
    claims = CustomerClaims(subject, None, None, None, token_id=token_id)
    secret = api.storefront.customer_secret
    return bearing(api, customer_tokens.mint(claims, secret=secret, audience=api.storefront.handle))


def test_a_former_key_names_the_storefront_until_its_time_is_over(
    api: Api, manager: Callee, frozen_clock: FrozenClock
) -> None:
    former = api.as_visitor()
    told = manager.data(ROTATE_KEY, input=of(api, overlapHours=24))["rotateStorefrontKey"]["storefront"]
    new = Callee(api.client, {"Fidelio-Storefront-Key": told["publishableKey"]})

    assert told["formerKeyUntil"] == "2026-03-03T12:00:00.000Z"
    assert [caller.data(WHO)["viewer"]["kind"] for caller in (former, new)] == ["VISITOR", "VISITOR"]
    frozen_clock.advance(hours=24)
    assert former.code(WHO) == "UNAUTHENTICATED"
    assert new.data(WHO)["viewer"]["kind"] == "VISITOR"


def test_a_former_secret_signs_until_its_time_is_over(api: Api, manager: Callee, frozen_clock: FrozenClock) -> None:
    secret = manager.data(ROTATE_SECRET, input=of(api, overlapHours=1))["rotateCustomerSecret"]["secret"]
    claims = CustomerClaims("c-1", None, None, None)
    new = bearing(api, customer_tokens.mint(claims, secret=secret, audience="main", life=timedelta(hours=3)))

    assert minted(api).data(WHO)["viewer"]["kind"] == "CUSTOMER"
    assert new.data(WHO)["viewer"]["kind"] == "CUSTOMER"
    frozen_clock.advance(hours=1)
    assert minted(api).code(WHO) == "UNAUTHENTICATED"
    assert new.data(WHO)["viewer"]["kind"] == "CUSTOMER"


def test_a_secret_is_shown_once_even_when_the_key_is_sent_again(api: Api, manager: Callee) -> None:
    first = manager.data(ROTATE_SECRET, input=of(api), key="k")["rotateCustomerSecret"]
    again = manager.data(ROTATE_SECRET, input=of(api), key="k")["rotateCustomerSecret"]

    with api.database.reading() as session:
        assert session.get_one(Storefront, api.storefront.id).customer_secret == first["secret"]
    assert again == {"secret": None, "userErrors": []}


@pytest.mark.parametrize("document", [ROTATE_KEY, ROTATE_SECRET])
@pytest.mark.parametrize(
    "changes, code", [({"overlapHours": 169}, "OUT_OF_RANGE"), ({"storefrontId": "x"}, "STOREFRONT_NOT_FOUND")]
)
def test_a_rotation_that_is_refused_changes_nothing(
    api: Api, manager: Callee, document: str, changes: dict[str, object], code: str
) -> None:
    manager.data(WHO)
    before = fingerprint(api.database)

    (answer,) = manager.data(document, input=of(api, **changes)).values()

    assert [error["code"] for error in answer["userErrors"]] == [code]
    assert fingerprint(api.database) == before


def test_one_token_is_revoked_by_its_jti(api: Api, manager: Callee) -> None:
    taken, kept = minted(api, token_id="t-1"), minted(api, token_id="t-2")

    assert manager.data(REVOKE, input=of(api, tokenId="t-1"))["revokeCustomerTokens"]["revoked"]

    assert taken.code(WHO) == "UNAUTHENTICATED"
    assert kept.data(WHO)["viewer"]["kind"] == "CUSTOMER"


def test_all_tokens_of_a_customer_up_to_now_are_revoked(api: Api, manager: Callee, frozen_clock: FrozenClock) -> None:
    theirs, another = minted(api), minted(api, subject="c-2")
    manager.data(REVOKE, input=of(api, externalId="c-1"))

    assert theirs.code(WHO) == "UNAUTHENTICATED"
    assert another.data(WHO)["viewer"]["kind"] == "CUSTOMER"
    frozen_clock.advance(seconds=1)
    assert minted(api).data(WHO)["viewer"]["kind"] == "CUSTOMER"


def test_a_customer_signs_out_everywhere_and_only_themselves(api: Api, frozen_clock: FrozenClock) -> None:
    phone, laptop, friend = minted(api), minted(api, token_id="t-1"), minted(api, subject="c-2")

    assert phone.data(SIGN_OUT)["signOutEverywhere"] == {"signedOut": True, "userErrors": []}

    assert [caller.code(WHO) for caller in (phone, laptop)] == ["UNAUTHENTICATED"] * 2
    assert friend.data(WHO)["viewer"]["kind"] == "CUSTOMER"


def test_a_revocation_holds_on_its_own_storefront_alone(api: Api, manager: Callee) -> None:
    other = make_storefront(api.database, "other")
    manager.data(REVOKE, input=of(api, externalId="c-1"))

    assert api.as_customer("c-1", storefront=other).data(WHO)["viewer"]["kind"] == "CUSTOMER"


def test_revocations_are_forgotten_when_no_such_token_can_live(api: Api, frozen_clock: FrozenClock) -> None:
    api.database.writing(lambda session: room.revoke(session, api.storefront.id, "t-1"))

    def kept() -> int:
        api.database.writing(lambda session: room.forget_revoked(session, limit=10))
        with api.database.reading() as session:
            return session.exec(select(func.count()).select_from(RevokedToken)).one()

    frozen_clock.advance(days=366)
    assert kept() == 1
    frozen_clock.advance(seconds=1)
    assert kept() == 0


def test_every_algorithm_of_public_keys_has_its_name_in_the_contract() -> None:
    assert {each.value for each in TokenAlgorithm} == set(KINDS)
    assert {"REQUIRED", "INVALID_KEY_SET"} <= {code.value for code in ConfigureCustomerTokensErrorCode}
