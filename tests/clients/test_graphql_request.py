"""graphql-request 7 against a running shop, unpatched."""

from tests.clients.bench import Bench
from tests.clients.shop import Shop


def test_it_does_all_that_a_storefront_does(bench: Bench, shop: Shop) -> None:
    steps = bench.node("graphql_request/run.mjs", shop.told())

    assert steps == ["query", "error", "user error", "mutation", "pages", "persisted query"]
