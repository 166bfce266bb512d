"""What does a product page cost over its floor? `python -m benchmarks.product_page`

The floor is hand-written SQL on the driver's cursor, a dict an object, encoded with orjson. The page is the same data
through the whole API in one process: ASGI, caller, GraphQL; once without and once with markup.
"""

import asyncio
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path

import orjson
from sqlmodel import Session

from api.app import create_app
from benchmarks.measuring import alternate, table
from benchmarks.sending import Sender
from core import migrate, settings
from core.db import Database
from shop import products, storefronts
from shop.products import ListingDraft
from tests.make import shop as make
from tests.make import ugc as make_ugc

REVIEWS = 500
PAGE = """query Page($handle: String!) { product(handle: $handle) {
  id name description price { amountMinor currencyCode } availability url
  ratingSummary { count mean histogram { rating count } }
  reviews(first: 10) { nodes { id rating title body author { displayName } publishedAt } pageInfo { hasNextPage } }
  %s
} }"""
FLOOR = (
    "SELECT p.id, coalesce(l.name, p.name), p.description, l.price_minor, l.currency, l.availability FROM product p "
    "LEFT JOIN product_listing l ON l.product_id = p.id AND l.storefront_id = ? WHERE p.handle = ?",
    "SELECT r1, r2, r3, r4, r5 FROM rating_counter WHERE product_id = ?",
    "SELECT r.id, v.rating, v.title, v.body, r.display_name, r.published_at FROM review r JOIN review_revision v "
    "ON v.review_id = r.id AND v.no = r.public_revision_no WHERE r.product_id = ? AND r.status = 'PUBLISHED' "
    "AND r.counted ORDER BY r.published_at DESC, r.id DESC LIMIT 11",
)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.db"
        settings.configure(development=True, state_directory=Path(folder))
        migrate.upgrade(f"sqlite:///{path}")
        database = Database.open(f"sqlite:///{path}")
        key, storefront_id = database.writing(seed)
        for _ in range(REVIEWS // 50):
            database.writing(write_fifty)
        runner = asyncio.Runner()
        ask = through_the_api(Sender(create_app(database, settings.settings()), key, runner))
        subjects = {
            "floor": floor(path, storefront_id),
            "API": lambda: ask(PAGE % ""),
            "API with markup": lambda: ask(PAGE % "markup { head }"),
        }
        print(table(alternate(subjects, rounds=7, calls=100), floor="floor"))
        runner.close()
        database.close()


def seed(session: Session) -> tuple[str, int]:
    """One storefront with one product."""
    storefront_id = make.storefront(session)
    listing = ListingDraft(storefront_id=storefront_id, price_minor=1250, currency="EUR")
    make.product(session, "tea", listings=(listing,))
    found = storefronts.get(session, storefront_id)
    assert found is not None
    return found.publishable_key, storefront_id


def write_fifty(session: Session) -> None:
    """Fifty more published reviews of it."""
    product = products.shown_by_handle(session, "tea", storefront_id=None)
    assert product is not None
    for number in range(50):
        make_ugc.published_review(session, product_id=product.id, rating=number % 5 + 1)


def through_the_api(sender: Sender) -> Callable[[str], bytes]:
    """Ask for a page, which must be there."""

    def ask(document: str) -> bytes:
        answer = sender.ask(document, {"handle": "tea"})
        assert b'"errors"' not in answer, answer[:500]
        return answer

    return ask


def floor(path: Path, storefront_id: int) -> Callable[[], bytes]:
    """The least that any server must do for the same page."""
    connection = sqlite3.connect(path)

    def page() -> bytes:
        product = connection.execute(FLOOR[0], (storefront_id, "tea")).fetchone()
        stars = connection.execute(FLOOR[1], (product[0],)).fetchone()
        rows = connection.execute(FLOOR[2], (product[0],)).fetchall()
        names = ("id", "rating", "title", "body", "author", "publishedAt")
        reviews = [dict(zip(names, row, strict=True)) for row in rows[:10]]
        return orjson.dumps({"data": {"product": {"product": product, "stars": stars, "reviews": reviews}}})

    return page


if __name__ == "__main__":
    main()
