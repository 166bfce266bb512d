"""The merchant's systems tell: each mutation's answer, its repeats, and nobody else's attempt."""

from typing import Any

import pytest
from sqlmodel import Session, func, select

from api.shop.mutations.record_customer import RecordCustomerErrorCode
from api.shop.mutations.record_family import RecordFamilyErrorCode
from api.shop.mutations.record_order import RecordOrderErrorCode
from api.shop.mutations.record_product import RecordProductErrorCode
from api.shop.mutations.record_refund import RecordRefundErrorCode
from api.shop.mutations.record_storefront import RecordStorefrontErrorCode
from core.idempotency import IdempotencyKey
from core.identity import Permission, Role
from core.ids import to_public
from core.outbox import OutboxEvent
from core.refusal import RefusalCode
from shop.refusals import ShopRefusal
from shop.tables import Consent, Customer, CustomerIdentity, Family, Order, OrderLine, Product, Refund, Storefront
from tests.api.conftest import Api, Callee
from tests.make import shop as make
from tests.shop.told import events

Json = dict[str, Any]

STOREFRONT = """mutation ($input: RecordStorefrontInput!) { recordStorefront(input: $input) {
  storefront { id handle name publishableKey customerSecret allowedOrigins } userErrors { code field message } } }"""
PRODUCT = """mutation ($input: RecordProductInput!) { recordProduct(input: $input) {
  product { id handle version } userErrors { code field message } } }"""
FAMILY = """mutation ($input: RecordFamilyInput!) { recordFamily(input: $input) {
  family { id products { handle } } userErrors { code field message } } }"""
CUSTOMER = """mutation ($input: RecordCustomerInput!) { recordCustomer(input: $input) {
  customer { id email emailConfirmed firstName birthday consents { purpose granted source at } }
  userErrors { code field message } } }"""
ORDER = """mutation ($input: RecordOrderInput!, $key: String) { recordOrder(input: $input, idempotencyKey: $key) {
  order { id externalId state version placedAt paidAt shipping { amountMinor currencyCode }
          lines { externalId quantity returnedQuantity total { amountMinor } refunded { amountMinor } } }
  outcome userErrors { code field message } } }"""
REFUND = """mutation ($input: RecordRefundInput!) { recordRefund(input: $input) {
  refund { id externalId at order { externalId } lines { lineExternalId quantity amount { amountMinor } }
           orderLevel { amountMinor currencyCode } }
  userErrors { code field message } } }"""

TABLES = (Storefront, Product, Family, Customer, CustomerIdentity, Consent, Order, OrderLine, Refund,
          OutboxEvent, IdempotencyKey)  # fmt: skip


def storefront_input(**changes: object) -> Json:
    return {
        "handle": "lyon",
        "name": "Lyon",
        "origin": "https://lyon.example",
        "locale": "fr-FR",
        "currency": "EUR",
        "timeZone": "Europe/Paris",
        "productUrl": "https://lyon.example/p/{handle}",
        "allowedOrigins": ["https://lyon.example"],
        **changes,
    }


def product_input(**changes: object) -> Json:
    return {"externalId": "p-1", "handle": "hat", "name": "Hat", **changes}


def order_input(api: Api, **changes: object) -> Json:
    return {
        "storefrontId": to_public("Storefront", api.storefront.id),
        "externalId": "o-1",
        "customer": {"externalId": "ada", "orderEmail": "ada@mail.example"},
        "state": "PAID",
        "currency": "USD",
        "lines": [{"externalId": "a", "title": "Hat", "quantity": 2, "totalMinor": 4000, "sku": "HAT"}],
        "shippingMinor": 490,
        "placedAt": "2026-03-01T10:00:00Z",
        "updatedAt": "2026-03-01T10:00:00Z",
        **changes,
    }


def refund_input(api: Api, **changes: object) -> Json:
    return {
        "storefrontId": to_public("Storefront", api.storefront.id),
        "externalId": "r-1",
        "orderExternalId": "o-1",
        "refundedAt": "2026-03-02T10:00:00Z",
        "lines": [{"lineExternalId": "a", "quantity": 1, "amountMinor": 2000}],
        **changes,
    }


def customer_input(api: Api, **changes: object) -> Json:
    return {
        "storefrontId": to_public("Storefront", api.storefront.id),
        "externalId": "ada",
        "email": "ada@mail.example",
        "emailConfirmed": True,
        "firstName": "Ada",
        "birthday": "1990-05-01",
        "consents": [{"purpose": "newsletter", "granted": True, "source": "sign-up", "at": "2026-03-01T10:00:00Z"}],
        **changes,
    }


def rows(api: Api) -> list[int]:
    """How many rows every table of the shop has."""
    with api.database.reading() as session:
        return [session.exec(select(func.count()).select_from(table)).one() for table in TABLES]


@pytest.fixture
def erp(api: Api) -> Callee:
    """The merchant's own system."""
    return api.as_service(Permission.MANAGE_SHOP)


def test_a_storefront_comes_back_with_its_keys(api: Api, erp: Callee) -> None:
    answer = erp.data(STOREFRONT, input=storefront_input())["recordStorefront"]

    assert answer["userErrors"] == []
    assert answer["storefront"]["publishableKey"].startswith("pk_")
    again = erp.data(STOREFRONT, input=storefront_input(name="Lyon 2"))["recordStorefront"]["storefront"]
    assert again == {**answer["storefront"], "name": "Lyon 2"}


def test_a_product_told_twice_is_one(api: Api, erp: Callee) -> None:
    listing = {
        "storefrontId": to_public("Storefront", api.storefront.id),
        "price": {"amountMinor": 1250, "currencyCode": "USD"},
        "availability": "PREORDER",
    }

    first = erp.data(PRODUCT, input=product_input(listings=[listing]))["recordProduct"]
    second = erp.data(PRODUCT, input=product_input(listings=[listing]))["recordProduct"]

    assert first == second == {"product": {**first["product"], "handle": "hat", "version": 1}, "userErrors": []}
    shown = api.as_visitor().data('{ product(handle: "hat") { availability price { amountMinor } } }')["product"]
    assert shown == {"availability": "PREORDER", "price": {"amountMinor": 1250}}


def test_a_family_is_told_by_its_products(api: Api, erp: Callee) -> None:
    ids = [
        erp.data(PRODUCT, input=product_input(externalId=each, handle=each))["recordProduct"]["product"]["id"]
        for each in ("red", "blue")
    ]

    told = {"externalId": "f", "name": "Caps", "productIds": ids}
    answer = erp.data(FAMILY, input=told)["recordFamily"]

    assert [product["handle"] for product in answer["family"]["products"]] == ["red", "blue"]
    before = rows(api)
    refused = erp.data(FAMILY, input={**told, "productIds": [ids[0], "rubbish"]})["recordFamily"]
    assert refused["family"] is None
    assert (refused["userErrors"][0]["code"], refused["userErrors"][0]["field"]) == (
        "PRODUCT_NOT_FOUND",
        ["productIds", "1"],
    )
    assert rows(api) == before


def test_a_customer_is_told_with_their_consents(api: Api, erp: Callee) -> None:
    answer = erp.data(CUSTOMER, input=customer_input(api))["recordCustomer"]

    assert answer["userErrors"] == []
    assert answer["customer"]["birthday"] == "1990-05-01"
    assert answer["customer"]["consents"] == [
        {"purpose": "newsletter", "granted": True, "source": "sign-up", "at": "2026-03-01T10:00:00.000Z"}
    ]


def test_an_order_and_its_refund_are_told_in_either_order(api: Api, erp: Callee) -> None:
    parked = erp.data(REFUND, input=refund_input(api))["recordRefund"]
    assert parked["userErrors"] == []
    assert parked["refund"]["order"] is None

    answer = erp.data(ORDER, input=order_input(api))["recordOrder"]

    assert (answer["outcome"], answer["userErrors"]) == ("CREATED", [])
    assert answer["order"]["lines"] == [
        {
            "externalId": "a",
            "quantity": 2,
            "returnedQuantity": 1,
            "total": {"amountMinor": 4000},
            "refunded": {"amountMinor": 2000},
        }
    ]
    assert answer["order"]["paidAt"] == "2026-03-01T10:00:00.000Z"
    with api.database.reading() as session:
        assert events(session) == ["OrderPaid", "OrderRefunded"]


def test_an_order_told_ten_times_earns_once(api: Api, erp: Callee) -> None:
    outcomes = [erp.data(ORDER, input=order_input(api))["recordOrder"]["outcome"] for _ in range(10)]

    assert outcomes == ["CREATED"] + ["UNCHANGED"] * 9
    with api.database.reading() as session:
        assert events(session) == ["OrderPaid"]


def test_an_idempotency_key_gives_the_stored_answer_and_refuses_other_input(api: Api, erp: Callee) -> None:
    first = erp.data(ORDER, input=order_input(api), key="k")["recordOrder"]
    second = erp.data(ORDER, input=order_input(api), key="k")["recordOrder"]
    other = erp.data(ORDER, input=order_input(api, externalId="o-2"), key="k")["recordOrder"]

    assert second == first
    assert other["order"] is None
    assert other["userErrors"][0]["code"] == "IDEMPOTENCY_CONFLICT"


def test_the_storefront_of_the_key_is_meant_when_none_is_named(api: Api, erp: Callee) -> None:
    told = order_input(api)
    del told["storefrontId"]
    assert erp.data(ORDER, input=told)["recordOrder"]["userErrors"][0]["code"] == "STOREFRONT_NOT_FOUND"

    beside = Callee(api.client, {**erp.headers, **api.as_visitor().headers})

    assert beside.data(ORDER, input=told)["recordOrder"]["outcome"] == "CREATED"


@pytest.mark.parametrize(
    "changes, code, field",
    [
        ({"lines": []}, "REQUIRED", ["lines"]),
        ({"shippingMinor": -1}, "NEGATIVE_AMOUNT", ["shippingMinor"]),
        ({"placedAt": "2099-01-01T00:00:00Z"}, "DATE_IN_FUTURE", ["placedAt"]),
        ({"externalId": ""}, "REQUIRED", ["externalId"]),
        ({"customer": {"orderEmail": "nobody"}}, "INVALID_EMAIL", ["customer", "orderEmail"]),
        ({"storefrontId": "rubbish"}, "STOREFRONT_NOT_FOUND", ["storefrontId"]),
        (
            {"lines": [{"externalId": "a", "title": "Hat", "quantity": 0, "totalMinor": 1}]},
            "INVALID_QUANTITY",
            ["lines", "0", "quantity"],
        ),
    ],
)
def test_a_refused_order_names_its_field_and_writes_nothing(
    api: Api, erp: Callee, changes: Json, code: str, field: list[str]
) -> None:
    before = rows(api)

    answer = erp.data(ORDER, input=order_input(api, **changes), key="k")["recordOrder"]

    error = answer["userErrors"][0]
    assert (answer["order"], error["code"], error["field"]) == (None, code, field)
    assert error["message"]
    assert rows(api) == before


@pytest.mark.parametrize(
    "document, name",
    [
        (STOREFRONT, "storefront"),
        (PRODUCT, "product"),
        (FAMILY, "family"),
        (CUSTOMER, "customer"),
        (ORDER, "order"),
        (REFUND, "refund"),
    ],
)
def test_nobody_but_the_merchants_systems_and_admins_may_tell(api: Api, document: str, name: str) -> None:
    def make_hat(session: Session) -> int:
        return make.product(session, "cap")

    cap = to_public("Product", api.database.writing(make_hat))
    inputs: dict[str, Json] = {
        "storefront": storefront_input(),
        "product": product_input(),
        "family": {"externalId": "f", "name": "F", "productIds": [cap]},
        "customer": customer_input(api),
        "order": order_input(api),
        "refund": refund_input(api),
    }
    denied = {
        api.as_nobody(): "UNAUTHENTICATED",
        api.as_visitor(): "FORBIDDEN",
        api.as_customer("ada"): "FORBIDDEN",
        api.as_staff(Role.MODERATOR): "FORBIDDEN",
        api.as_service(Permission.READ_PUBLIC, Permission.READ_MEMBERS): "FORBIDDEN",
    }
    before = rows(api)

    for caller, code in denied.items():
        assert caller.code(document, input=inputs[name]) == code

    assert rows(api) == before
    assert api.as_staff(Role.ADMIN).run(document, input=inputs[name])["data"] is not None
    assert rows(api) != before


@pytest.mark.parametrize(
    "codes",
    [
        RecordCustomerErrorCode,
        RecordFamilyErrorCode,
        RecordOrderErrorCode,
        RecordProductErrorCode,
        RecordRefundErrorCode,
        RecordStorefrontErrorCode,
    ],
)
def test_every_code_of_the_contract_is_one_the_room_has(codes: type[RefusalCode]) -> None:
    assert {code.name for code in codes} - {"IDEMPOTENCY_CONFLICT"} <= {code.name for code in ShopRefusal}
