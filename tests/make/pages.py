"""A shop whose product pages a test writes, on loopback, with its products and reviews in the database."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlmodel import Session, col, select

from core.db import Database
from core.settings import settings
from publishing import page_checks
from publishing.page_checks import CheckDraft
from publishing.tables import PageCheck
from shop import storefronts
from shop.products import ListingDraft
from shop.storefronts import StorefrontDraft
from tests.make import shop as make
from tests.make import ugc
from tests.make.shop import accepted
from tests.seo import shop as pages
from tests.seo.shop import Shop
from ugc.tables.reviews import ReviewRevision


@contextmanager
def shop_of_one_product(database: Database, monkeypatch: pytest.MonkeyPatch, *, reviews: int = 2) -> Iterator[Shop]:
    """The product `galet` at /products/galet with so many published reviews; its page is yet to be written."""
    with pages.running() as shop:
        monkeypatch.setenv("FIDELIO_PRIVATE_HOSTS", shop.origin.removeprefix("http://"))
        monkeypatch.setenv("FIDELIO_BROWSER", "off")
        settings.cache_clear()
        database.writing(lambda session: _fill(session, shop.origin, reviews))
        yield shop


def page(database: Database, *, leave_out: int = 0) -> str:
    """A product page that shows the published reviews, the last so many left out."""
    texts = bodies(database)
    shown = "".join(f"<article><p>{text}</p></article>" for text in texts[: len(texts) - leave_out])
    return f"<!doctype html><html lang=fr><head><title>Galet</title></head><body><h1>Galet</h1>{shown}</body></html>"


def bodies(database: Database) -> list[str]:
    """The texts of all reviews, oldest first."""
    with database.reading() as session:
        return list(session.exec(select(ReviewRevision.body).order_by(col(ReviewRevision.review_id))))


def asked(database: Database, shop: Shop, *, path: str = "/products/galet", by: int | None = None) -> int:
    """A check of the page, asked for."""
    draft = CheckDraft(url=f"{shop.origin}{path}", asked_by=by)
    return accepted(database.writing(lambda session: page_checks.start(session, draft)))


def check_of(database: Database, check_id: int) -> PageCheck:
    """The check as it is now."""
    with database.reading() as session:
        return session.get_one(PageCheck, check_id)


def _fill(session: Session, origin: str, reviews: int) -> None:
    draft = StorefrontDraft(
        handle="loopback",
        name="Loopback",
        origin=origin,
        locale="fr-FR",
        currency="EUR",
        time_zone="Europe/Paris",
        product_url=f"{origin}/products/{{handle}}",
    )
    storefront_id = accepted(storefronts.record(session, draft))
    # listed there alone: what writes reviews has a storefront of its own
    product_id = make.product(session, "galet", listings=(ListingDraft(storefront_id=storefront_id),))
    for number in range(reviews):
        author_id = make.customer(session, f"author-{number}")
        # built with words of their own, so that no two could be mistaken for each other
        review_id = ugc.review(session, product_id=product_id, author_id=author_id, body=_WORDS[number])
        ugc.approve(session, review_id)


_WORDS = (
    "La théière verse sans goutter et garde le thé chaud pendant plus d’une heure, même la fenêtre ouverte.",
    "Grès lourd et doux au toucher, l’anse laisse passer deux doigts, le filtre retient les petites feuilles.",
    "Reçue bien emballée, la couleur est plus verte que sur la photo mais elle va très bien dans la cuisine.",
    "Après six mois le couvercle tient toujours, aucune trace de calcaire, un simple rinçage suffit chaque soir.",
)
