"""What a live page is held to: the published reviews and totals of its product. Checking it is seo's."""

import re
from typing import NamedTuple

from sqlmodel import Session

from core import clock
from publishing.queries import texts
from publishing.queries.texts import TextRow
from seo.truth import GoneText, PublishedReview, Truth
from shop import products, storefronts
from shop.queries.products import ProductRow
from shop.tables import Storefront
from ugc import ratings
from ugc.listing import Scope
from ugc.tables.reviews import Verification

_ANY_HANDLE = "(?P<handle>[^/?#]+)"


def of_page(session: Session, address: str) -> Truth | None:
    """The truth of the product whose page this address is, by the storefronts' patterns; None when it is nobody's."""
    for storefront in storefronts.everyone(session):
        handle = handle_in(address, storefront.product_url)
        if handle is not None:
            return of_product(session, handle, storefront=storefront)
    return None


class PageAt(NamedTuple):
    """Whose product page an address is, and the product's version."""

    product_id: int
    version: int
    storefront_id: int


def page_at(session: Session, address: str) -> PageAt | None:
    """Whose page the address is, by the storefronts' patterns; None when it is no product's."""
    for storefront in storefronts.everyone(session):
        handle = handle_in(address, storefront.product_url)
        product = handle and products.shown_by_handle(session, handle, storefront_id=storefront.id)
        if product:
            return PageAt(product.id, product.version, storefront.id)
    return None


def of_product(session: Session, handle: str, *, storefront: Storefront | None = None) -> Truth | None:
    """The truth of the product with this handle, in the words of one storefront; None when there is no such product."""
    product = products.shown_by_handle(session, handle, storefront_id=storefront.id if storefront else None)
    return None if product is None else _truth(session, product)


def handle_in(address: str, pattern: str) -> str | None:
    """The handle that a storefront's product-page pattern finds in an address; query and fragment do not count."""
    before, _, after = pattern.partition("{handle}")
    found = re.fullmatch(f"{re.escape(before)}{_ANY_HANDLE}{re.escape(after)}", re.split(r"[?#]", address)[0])
    return found["handle"] if found else None


def _truth(session: Session, product: ProductRow) -> Truth:
    scope = Scope(product.id, product.family_id)
    summary = ratings.summary(session, product.id)
    tenths = summary.mean_tenths
    return Truth(
        product_name=product.name,
        url=product.url or "",
        reviews=tuple(_published(row) for row in texts.published(session, scope)),
        rating_value="" if tenths is None else f"{tenths // 10}.{tenths % 10}",
        rating_count=summary.count,
        review_count=summary.review_count,
        gone=tuple(_gone(row) for row in texts.gone(session, scope)),
        elsewhere_count=texts.elsewhere_count(session, scope),
    )


def _published(row: TextRow) -> PublishedReview:
    dated = row.published_ms is not None and row.dated
    return PublishedReview(
        id=str(row.review_id),
        author=row.author or "",
        text=row.body,
        title=row.title or "",
        rating=row.rating,
        published_at=clock.from_milliseconds(row.published_ms or 0) if dated else None,
        locale=row.locale,
        is_verified=row.verification == Verification.ORDER,
        is_incentivised=bool(row.incentivised),
    )


def _gone(row: TextRow) -> GoneText:
    return GoneText(id=str(row.review_id), text=row.body, status=row.status.lower(), author=row.author or "")
