"""How tests ask as a cache's origin is asked: by GET, as one caller, and what the answer says of its keeping."""

import json
from typing import Any

from httpx2 import Response

from tests.api.conftest import Callee

PAGE = """query Page($handle: String!) { product(handle: $handle) {
  __typename id name price { amountMinor } ratingSummary { count mean histogram { rating count } }
  reviews(first: 5) { nodes { id body author { displayName } photos { url } product { id } } pageInfo { hasNextPage } }
  photos(first: 5) { nodes { id url } }
  family { id name products { id name } }
  markup { head }
} }"""


def get(caller: Callee, document: str, *, headers: dict[str, str] | None = None, **variables: Any) -> Response:  # noqa: ANN401 - JSON
    """The answer to a GET with the document in the address."""
    params = {"query": document, "variables": json.dumps(variables)}
    return caller.client.get("/graphql", params=params, headers={**caller.headers, **(headers or {})})


def keys(answer: Response) -> list[str]:
    """The surrogate keys of an answer, which both headers name alike."""
    told: list[str] = answer.headers["surrogate-key"].split(" ")
    assert answer.headers["cache-tag"].split(",") == told
    return told


def is_public(answer: Response) -> bool:
    """Whether any shared cache may keep it."""
    return "public" in answer.headers["cache-control"]
