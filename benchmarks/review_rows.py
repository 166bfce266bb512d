"""A shop of many published reviews, put in by executemany: for benchmarks that ask nothing about how they came."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from core import migrate
from core.db import Database
from shop.products import ListingDraft
from tests.make import shop as make

PRODUCTS = 100
_FIRST_ID = 1 << 40
_PUBLISHED_MS = 1_770_000_000_000
_BODY = (
    "Pours well and keeps the tea warm for an hour. The glaze has a small mark near the handle; nobody minds it. " * 2
)
_REVIEW = {
    "author_id": None,
    "author_key": None,
    "storefront_id": None,
    "status": "PUBLISHED",
    "latest_status": "PUBLISHED",
    "decided": 1,
    "version": 2,
    "latest_revision_no": 1,
    "public_revision_no": 1,
    "locale": "en-US",
    "verification": "ORDER",
    "incentivised": 0,
    "origin": "OWN_SITE",
    "source": None,
    "external_id": None,
    "photo_count": 0,
    "counted": 1,
    "dated": 1,
    "submitted_at": _PUBLISHED_MS,
}


def seeded(path: Path, *, reviews: int) -> None:
    """Write a database with a storefront "bench", 100 products that it lists, and that many reviews of them."""
    migrate.upgrade(f"sqlite:///{path}")
    database = Database.open(f"sqlite:///{path}")

    def shop(session: Any) -> list[int]:  # noqa: ANN401 - a session
        listing = ListingDraft(storefront_id=make.storefront(session, "bench"))
        return [make.product(session, f"tea-{number}", brand="Rive", listings=(listing,)) for number in range(PRODUCTS)]

    products = database.writing(shop)
    database.close()
    connection = sqlite3.connect(path)
    columns = [*_REVIEW, "id", "product_id", "rating", "display_name", "published_at"]
    marks = ", ".join("?" * len(columns))
    connection.executemany(
        f"INSERT INTO review ({', '.join(columns)}) VALUES ({marks})",  # noqa: S608 - names of ours
        _reviews(reviews, products),
    )
    connection.executemany(
        "INSERT INTO review_revision (review_id, no, rating, title, body, locale, body_hash, incentivised, "
        "sibling_copy, licence, created_at) VALUES (?, 1, ?, ?, ?, 'en-US', ?, 0, 0, 'bench', ?)",
        ((_FIRST_ID + n, n % 5 + 1, f"Review {n}", f"{_BODY}{n}", str(n), _PUBLISHED_MS) for n in range(reviews)),
    )
    connection.commit()
    connection.close()


def _reviews(number: int, products: list[int]) -> Iterator[tuple[object, ...]]:
    fixed = tuple(_REVIEW.values())
    for n in range(number):
        yield (*fixed, _FIRST_ID + n, products[n % len(products)], n % 5 + 1, f"Ada {n}", _PUBLISHED_MS + n)
