"""What hangs on a list's items is read for all of them together: twenty cost as many statements as one."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from sqlmodel import Session

from core.identity import Permission, Role
from core.ids import to_public
from tests.api.conftest import Api, Callee
from tests.make import shop as make
from tests.make import ugc as make_ugc

Statements = Callable[[], AbstractContextManager[list[str]]]

PRODUCTS_OF_REVIEWS = (
    '{ product(handle: "p-0") { reviews(first: 50) { nodes { id product { id name } standing { version } } } } }'
)
QUEUE = "{ moderationQueue(first: 50) { nodes { reviewId findings productName } } }"
VARIANTS = "{ products(first: 30) { nodes { id family { products { id } } ratingSummary { count } } } }"


def cost(statements: Statements, caller: Callee, document: str) -> int:
    """How many statements the document takes, once the caller is known."""
    caller.data("{ __typename }")
    with statements() as seen:
        caller.data(document)
    return len(seen)


def more_reviews(session: Session, number: int) -> None:
    for _ in range(number):
        product_id = make.product(session)
        make_ugc.published_review(session, product_id=product_id)
        make_ugc.review(session, product_id=product_id)
        make.family(session, product_id, make.product(session))


@pytest.mark.parametrize("document", [QUEUE, VARIANTS])
def test_a_list_costs_the_same_for_one_and_for_twenty(api: Api, statements: Statements, document: str) -> None:
    staff = api.as_staff(Role.ADMIN)
    api.database.writing(lambda session: more_reviews(session, 1))
    one = cost(statements, staff, document)

    api.database.writing(lambda session: more_reviews(session, 19))

    assert cost(statements, staff, document) == one


@pytest.mark.parametrize("number", [1, 20])
def test_reviews_tell_their_products_and_standing_together(api: Api, statements: Statements, number: int) -> None:
    def seed(session: Session) -> None:
        products = [make.product(session, f"p-{index}") for index in range(number)]
        make.family(session, *products)
        for product_id in products:
            make_ugc.published_review(session, product_id=product_id)

    api.database.writing(seed)

    # the caller, the product, its reviews, their products, their standing
    assert cost(statements, api.as_staff(), PRODUCTS_OF_REVIEWS) == 5


@pytest.mark.parametrize("number", [1, 20])
def test_an_order_tells_its_lines_products_and_its_refunds_together(
    api: Api, statements: Statements, number: int
) -> None:
    def seed(session: Session) -> int:
        products = [make.product(session, f"p-{index}") for index in range(number)]
        lines = [make.line(external_id=f"l-{index}", product=f"p-{index}") for index in range(len(products))]
        order_id = make.order(session, *lines, storefront_id=api.storefront.id, external_id="o-1")
        for index in range(number):
            make.refund(session, "o-1", (f"l-{index}", 1, 100), storefront_id=api.storefront.id)
        return order_id

    order_id = to_public("Order", api.database.writing(seed))
    asked = "lines { product { id } } refunds { id order { id } }"
    document = f'{{ node(id: "{order_id}") {{ ... on Order {{ {asked} }} }} }}'

    # the caller, four for the order, one for the products, two for the refunds
    assert cost(statements, api.as_staff(Role.ADMIN), document) == 8


def test_a_service_key_writes_its_use_down_rarely(api: Api, statements: Statements) -> None:
    service = api.as_service(Permission.READ_REVIEWS)
    service.data("{ __typename }")

    with statements() as seen:
        service.data("{ __typename }")

    assert len(seen) == 1, "its key is read, and nothing is written"
