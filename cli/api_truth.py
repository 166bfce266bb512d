"""The truth of a product as the API tells it to whoever has a key: published reviews and totals. Comparing is seo's.

The API tells nobody what was rejected or withdrawn, so this truth says that it does not know (`tells_gone`).
"""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.fetching import FetchFailure, FetchPolicy, post
from publishing.truth import handle_in
from seo.truth import PublishedReview, Truth

_PAGE = 100
_MOST_PAGES = 200
_STOREFRONT = "query { storefront { productUrl } }"
_REVIEWS = """query ($handle: String!, $first: Int!, $after: String) { product(handle: $handle) {
  name url ratingSummary { count reviewCount meanTenths }
  reviews(first: $first, after: $after) {
    nodes { id author { displayName } title body rating publishedAt locale origin }
    pageInfo { hasNextPage endCursor }
  }
} }"""


@dataclass(frozen=True, slots=True)
class Api:
    """Where the API is, and the key that is shown to it: a storefront's public one is enough."""

    url: str
    key: str
    policy: FetchPolicy


@dataclass(frozen=True, slots=True)
class NotTold:
    """Why there is no truth, in words of the API or of the connection."""

    why: str


def of_product(api: Api, *, handle: str) -> Truth | NotTold | None:
    """All published reviews of the product with this handle, a hundred a request; None when there is none."""
    nodes: list[dict[str, Any]] = []
    after: str | None = None
    for _ in range(_MOST_PAGES):
        told = _ask(api, _REVIEWS, {"handle": handle, "first": _PAGE, "after": after})
        if isinstance(told, NotTold):
            return told
        product = told["product"]
        if product is None:
            return None
        nodes += product["reviews"]["nodes"]
        after = product["reviews"]["pageInfo"]["endCursor"]
        if not product["reviews"]["pageInfo"]["hasNextPage"]:
            return _truth(product, nodes)
    return NotTold(f"more than {_MOST_PAGES * _PAGE} reviews")


def handle_of(api: Api, address: str) -> str | NotTold | None:
    """The handle that the storefront's product-page pattern finds in an address; None when it is no such page."""
    told = _ask(api, _STOREFRONT, {})
    if isinstance(told, NotTold):
        return told
    front = told["storefront"]
    return handle_in(address, front["productUrl"]) if front else None


def _ask(api: Api, document: str, variables: dict[str, Any]) -> dict[str, Any] | NotTold:
    is_service = api.key.startswith("sk_")
    named = {"Authorization": f"Bearer {api.key}"} if is_service else {"Fidelio-Storefront-Key": api.key}
    headers = {"Content-Type": "application/json", "Accept": "application/json", **named}
    content = json.dumps({"query": document, "variables": variables}).encode()
    answer = post(api.url, content=content, headers=headers, policy=api.policy)
    if isinstance(answer, FetchFailure):
        return NotTold(answer.kind.value)
    try:
        told = json.loads(answer.body)
        if told.get("errors"):
            return NotTold(str(told["errors"][0]["message"]))
        data: dict[str, Any] = told["data"]
    except (ValueError, KeyError, TypeError, AttributeError):
        return NotTold(f"HTTP {answer.status}")
    return data


def _truth(product: dict[str, Any], nodes: list[dict[str, Any]]) -> Truth:
    summary = product["ratingSummary"]
    tenths = summary["meanTenths"]
    return Truth(
        product_name=product["name"],
        url=product["url"] or "",
        # what was written elsewhere is shown with its source, and neither counted nor marked up
        reviews=tuple(_review(node) for node in nodes if node["origin"] == "OWN_SITE"),
        rating_value="" if tenths is None else f"{tenths // 10}.{tenths % 10}",
        rating_count=summary["count"],
        review_count=summary["reviewCount"],
        tells_gone=False,
    )


def _review(node: dict[str, Any]) -> PublishedReview:
    at = node["publishedAt"]
    return PublishedReview(
        id=node["id"],
        author=node["author"]["displayName"],
        text=node["body"],
        title=node["title"] or "",
        rating=node["rating"],
        published_at=datetime.fromisoformat(at) if at else None,
        locale=node["locale"],
    )
