"""One review is published: its product's pages and its siblings' are renewed in every cache, and nothing else is."""

import hashlib
import json

from httpx2 import Response
from sqlmodel import Session, col, select

from core.ids import from_public, to_public
from core.outbox import OutboxEvent
from publishing import surrogate_keys
from shop.events import ShopEvent
from tests.api.conftest import Api
from tests.api.reading import PAGE, keys
from tests.api.ugc.make import decide, submit
from tests.make import shop as make

_HASH = hashlib.sha256(PAGE.encode()).hexdigest()


def shop(session: Session) -> list[str]:
    """Two variants that share their reviews, and a product that shares nothing."""
    red, blue, hat = (make.product(session, handle) for handle in ("red", "blue", "hat"))
    make.family(session, red, blue)
    return [to_public("Product", product_id) for product_id in (red, blue, hat)]


class Edge:
    """A cache between the shoppers and the server: keeps each address's answer, and asks whether it is still good."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._kept: dict[str, Response] = {}

    def fetch(self, handle: str) -> Response:
        """The server's answer for the page, asked with the tag of what is kept."""
        kept = self._kept.get(handle)
        extensions = {"persistedQuery": {"version": 1, "sha256Hash": _HASH}}
        params = {
            "key": self._api.storefront.publishable_key,
            "variables": json.dumps({"handle": handle}),
            "extensions": json.dumps(extensions),
        }
        headers = {"If-None-Match": kept.headers["etag"]} if kept is not None else {}
        answer = self._api.client.get("/graphql", params=params, headers=headers)
        if answer.status_code == 200:
            self._kept[handle] = answer
        return answer

    def filed_under(self, renewed: set[str]) -> set[str]:
        """The pages that a purge by these keys throws out."""
        return {handle for handle, answer in self._kept.items() if renewed & set(keys(answer))}


def register(api: Api) -> None:
    extensions = {"persistedQuery": {"version": 1, "sha256Hash": _HASH}}
    asked = {"query": PAGE, "variables": {"handle": "red"}, "extensions": extensions}
    answer = api.client.post("/graphql", json=asked, headers=api.as_visitor().headers).json()
    assert "errors" not in answer


def told(api: Api) -> list[str]:
    """The keys that the events so far name, in order, as a webhook passes them on."""
    named = col(OutboxEvent.name) == ShopEvent.PRODUCT_CHANGED
    with api.database.reading() as session:
        changes = session.exec(select(OutboxEvent).where(named).order_by(col(OutboxEvent.id))).all()
    return [key for event in changes for key in surrogate_keys.renewed_by(event.payload)]


def test_publishing_one_review_renews_its_products_pages_and_nothing_else(api: Api) -> None:
    products = dict(zip(("red", "blue", "hat"), api.database.writing(shop), strict=True))
    register(api)
    edge = Edge(api)
    before = {handle: edge.fetch(handle) for handle in products}
    assert [edge.fetch(handle).status_code for handle in products] == [304, 304, 304]
    events = len(told(api))

    # a review that waits is nobody's yet
    review = submit(api.as_customer("ada"), products["red"])
    assert [edge.fetch(handle).status_code for handle in products] == [304, 304, 304]
    assert told(api)[events:] == []

    # once it is published, the events name the pages that show it: its product's and the sibling's
    assert decide(api.as_staff(), review)["userErrors"] == []
    renewed = told(api)[events:]
    assert edge.filed_under(set(renewed)) == {"red", "blue"}
    assert renewed == [key_of(products["red"]), key_of(products["blue"])]

    # and those are the pages that the server has anew
    after = {handle: edge.fetch(handle) for handle in products}
    assert {handle: answer.status_code for handle, answer in after.items()} == {"red": 200, "blue": 200, "hat": 304}
    for handle in ("red", "blue"):
        assert after[handle].headers["etag"] != before[handle].headers["etag"]
        (shown,) = after[handle].json()["data"]["product"]["reviews"]["nodes"]
        assert shown["id"] == review["id"]
    assert keys(after["hat"]) == keys(before["hat"]) == [key_of(products["hat"])]


def key_of(product_id: str) -> str:
    """The surrogate key of a product."""
    number = from_public(product_id)
    assert number is not None
    return surrogate_keys.of_product(number[1])
