"""Reading products and storefronts: who sees what, in how many statements."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session

from core.identity import Permission, Role
from core.ids import to_public
from shop.products import ListingDraft
from tests.api.conftest import Api, make_storefront
from tests.make import shop as make

PRODUCT = """
query ($id: ID, $handle: String) {
  product(id: $id, handle: $handle) {
    id externalId handle name description brand sku gtin mpn category imageUrl imageWidth imageHeight
    url availability version openForReviews updatedAt price { amountMinor currencyCode }
  }
}
"""


def a_hat(api: Api) -> int:
    listing = ListingDraft(storefront_id=api.storefront.id, name="The hat", price_minor=1250, currency="USD")
    return api.database.writing(lambda session: make.product(session, "hat", brand="Nord", listings=(listing,)))


def test_a_product_is_shown_in_the_storefronts_words(api: Api) -> None:
    hat = a_hat(api)
    visitor = api.as_visitor()

    by_handle = visitor.data(PRODUCT, handle="hat")["product"]
    by_id = visitor.data(PRODUCT, id=to_public("Product", hat))["product"]

    assert by_id == by_handle
    assert by_id["id"] == to_public("Product", hat)
    assert (by_id["name"], by_id["brand"], by_id["availability"]) == ("The hat", "Nord", "IN_STOCK")
    assert by_id["price"] == {"amountMinor": 1250, "currencyCode": "USD"}
    assert by_id["url"] == "https://main.example/products/hat"
    assert (by_id["version"], by_id["openForReviews"]) == (1, True)


def test_another_storefront_shows_it_without_a_price(api: Api) -> None:
    a_hat(api)
    lyon = make_storefront(api.database, "lyon", locale="fr-FR", currency="EUR")

    shown = api.as_visitor(lyon).data(PRODUCT, handle="hat")["product"]

    assert (shown["name"], shown["price"], shown["availability"]) == ("Hat", None, None)
    assert shown["url"] == "https://lyon.example/products/hat"


def test_a_product_by_handle_takes_one_statement(
    api: Api, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    a_hat(api)
    visitor = api.as_visitor()
    visitor.data(PRODUCT, handle="hat")

    with statements() as seen:
        visitor.data(PRODUCT, handle="hat")

    assert len(seen) == 1


def test_an_unknown_product_is_null_and_a_question_without_a_name_is_refused(api: Api) -> None:
    visitor = api.as_visitor()

    assert visitor.data(PRODUCT, handle="none")["product"] is None
    assert visitor.data(PRODUCT, id="rubbish")["product"] is None
    assert visitor.data(PRODUCT, id=to_public("Storefront", api.storefront.id))["product"] is None
    assert visitor.code(PRODUCT) == "BAD_USER_INPUT"
    assert visitor.code(PRODUCT, id="a", handle="b") == "BAD_USER_INPUT"


def test_products_are_paged_by_key(api: Api) -> None:
    def make_five(session: Session) -> None:
        for number in range(5):
            make.product(session, f"product-of-{number}")

    api.database.writing(make_five)
    document = """query ($after: String) {
      products(first: 2, after: $after) { nodes { handle } pageInfo { hasNextPage endCursor } }
    }"""

    found, after = [], None
    while True:
        page = api.as_visitor().data(document, after=after)["products"]
        found += [node["handle"] for node in page["nodes"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            break

    assert found == [f"product-of-{number}" for number in range(5)]
    assert api.as_visitor().code(document, after="rubbish") == "BAD_USER_INPUT"


def test_a_family_shows_its_products(api: Api) -> None:
    def make_family(session: Session) -> int:
        return make.family(session, make.product(session, "red"), make.product(session, "blue"), external_id="caps")

    api.database.writing(make_family)
    document = '{ product(handle: "red") { family { externalId products { handle } } } }'

    family = api.as_visitor().data(document)["product"]["family"]

    assert family == {"externalId": "caps", "products": [{"handle": "red"}, {"handle": "blue"}]}


def test_the_storefront_of_the_key_is_public_and_its_secrets_are_not(api: Api) -> None:
    visitor = api.as_visitor()

    shown = visitor.data("{ storefront { id handle locale currency timeZone } }")["storefront"]

    assert (shown["handle"], shown["locale"], shown["currency"]) == ("main", "en-US", "USD")
    for secret in ("customerSecret", "publishableKey", "allowedOrigins"):
        assert visitor.code(f"{{ storefront {{ {secret} }} }}") == "FORBIDDEN"
    assert visitor.code("{ storefronts { handle } }") == "FORBIDDEN"
    assert api.as_staff(Role.MODERATOR).code("{ storefronts { handle } }") == "FORBIDDEN"
    admin = api.as_staff(Role.ADMIN).data("{ storefronts { handle publishableKey } }")["storefronts"]
    assert admin == [{"handle": "main", "publishableKey": api.storefront.publishable_key}]


def test_the_viewer_is_the_customer_of_the_token_and_nobody_before_the_first_word(
    api: Api, told: dict[str, str]
) -> None:
    document = "{ viewer { customer { id firstName } } }"

    assert api.as_customer("ada").data(document)["viewer"]["customer"] == {
        "id": told["Customer"],
        "firstName": "Camille",
    }
    for stranger in (api.as_customer("bea"), api.as_visitor(), api.as_staff(Role.ADMIN)):
        assert stranger.data(document)["viewer"]["customer"] is None


NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"


@pytest.fixture
def told(api: Api) -> dict[str, str]:
    """The public id of one of each."""

    def tell(session: Session) -> dict[str, int]:
        storefront = api.storefront.id
        product = make.product(session, "hat")
        order = make.order(session, storefront_id=storefront, external_id="1", customer="ada")
        return {
            "Storefront": storefront,
            "Product": product,
            "ProductFamily": make.family(session, product),
            "Customer": make.customer(session, "ada", storefront_id=storefront),
            "Order": order,
            "Refund": make.refund(session, "1", ("line-1", 1, 100), storefront_id=storefront),
        }

    made = api.database.writing(tell)
    return {kind: to_public(kind, number) for kind, number in made.items()}


def test_node_gives_each_type_to_those_who_may_see_it(api: Api, told: dict[str, str]) -> None:
    admin = api.as_staff(Role.ADMIN)
    owner, stranger, visitor = api.as_customer("ada"), api.as_customer("bea"), api.as_visitor()
    public = {"Storefront", "Product", "ProductFamily"}

    for kind, public_id in told.items():
        whole = {"__typename": kind, "id": public_id}
        assert admin.data(NODE, id=public_id)["node"] == whole
        assert owner.data(NODE, id=public_id)["node"] == whole
        for outsider in (stranger, visitor):
            seen = outsider.data(NODE, id=public_id)["node"]
            assert seen == (whole if kind in public else None)


def test_another_storefronts_description_is_not_ones_own(api: Api, told: dict[str, str]) -> None:
    lyon = make_storefront(api.database, "lyon")

    assert api.as_visitor(lyon).data(NODE, id=told["Storefront"])["node"] is None


def test_a_service_key_that_manages_the_shop_reads_orders_without_reading_people(
    api: Api, told: dict[str, str]
) -> None:
    document = """query ($id: ID!) { node(id: $id) { ... on Order {
      externalId customer { id } lines { total { amountMinor } refunded { amountMinor } product { handle } }
      refunds { externalId lines { quantity } order { id } }
    } } }"""

    order = api.as_service(Permission.MANAGE_SHOP).data(document, id=told["Order"])["node"]
    member_reader = api.as_service(Permission.READ_MEMBERS).data(document, id=told["Order"])["node"]

    assert order["customer"] is None
    assert member_reader["customer"] == {"id": told["Customer"]}
    assert order["lines"] == [{"total": {"amountMinor": 1000}, "refunded": {"amountMinor": 100}, "product": None}]
    assert order["refunds"][0]["order"] == {"id": told["Order"]}
