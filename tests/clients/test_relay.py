"""relay-compiler: what it makes of connections, refetchable fragments and mutations, and that the API answers that."""

import json

from tests.clients.bench import Bench
from tests.clients.shop import PRODUCT, Shop


def test_fragments_compile_and_what_they_become_is_answered(bench: Bench, shop: Shop) -> None:
    bench.run("relay-compiler", "relay.config.json", cwd="relay")

    documents = compiled(bench)
    page = shop.ask(documents["ProductPageQuery"], handle=PRODUCT)["data"]["product"]
    more = shop.ask(documents["ProductPageReviewsQuery"], id=page["id"], count=3, cursor=cursor(page))["data"]["node"]
    review = {"productId": page["id"], "rating": 5, "body": "Just the size for porridge."}
    sent = shop.ask(documents["SubmitReviewMutation"], bearer=shop.customer_token(), input=review, key="relay-1")

    assert sorted(documents) == [
        "ProductListAgainQuery",
        "ProductListQuery",
        "ProductPageQuery",
        "ProductPageReviewsQuery",
        "SubmitReviewMutation",
    ]
    assert len(page["reviews"]["edges"]) == 5
    assert len(more["reviews"]["edges"]) == 3
    assert ids(page).isdisjoint(ids(more))
    assert sent["data"]["submitReview"]["userErrors"] == []
    assert shop.ask(documents["ProductListQuery"])["data"]["products"]["pageInfo"]["hasNextPage"] is True
    assert shop.ask(documents["ProductListAgainQuery"], id=page["id"])["data"]["node"]["__typename"] == "Product"


def test_what_the_compiler_persists_is_registered_and_named(bench: Bench, shop: Shop) -> None:
    bench.run("relay-compiler", "relay.config.json", cwd="relay")
    manifest = bench.folder / "relay" / "persisted.json"
    ids = {text.split()[1].partition("(")[0]: name for name, text in json.loads(manifest.read_text()).items()}
    before = shop.answer_to(ids["ProductPageQuery"], handle=PRODUCT)

    shop.register(manifest)

    assert before["errors"][0]["extensions"]["code"] == "PERSISTED_QUERY_NOT_FOUND"
    assert shop.answer_to(ids["ProductPageQuery"], handle=PRODUCT)["data"]["product"]["name"]


def compiled(bench: Bench) -> dict[str, str]:
    """The documents that the compiler persisted, by the names of their operations."""
    persisted = json.loads((bench.folder / "relay" / "persisted.json").read_text())
    return {text.split()[1].partition("(")[0]: text for text in persisted.values()}


def cursor(product: dict[str, dict[str, dict[str, str]]]) -> str:
    """Where the next page starts."""
    return product["reviews"]["pageInfo"]["endCursor"]


def ids(product: dict[str, dict[str, list[dict[str, dict[str, str]]]]]) -> set[str]:
    """The reviews on a page."""
    return {edge["node"]["id"] for edge in product["reviews"]["edges"]}
