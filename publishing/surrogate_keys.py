"""Surrogate keys: what a cached page is filed under, so that a change can renew it. The headers are the API's.

A key is lower-case ASCII without spaces or commas, so that it stands in any cache's list of keys as it is:

- `product-<number>`: everything that shows this product, its reviews, photos, rating or markup;
- `products`: lists of products, which a new product belongs to;
- `programs`, `storefronts`: pages that show programs or a storefront. No event tells that these change: such pages
  are renewed by their age.

Keys are to be compared and purged by, not taken apart.
"""

from collections.abc import Mapping

from sqlmodel import Session

from shop import products

PRODUCT_LIST = "products"
PROGRAMS = "programs"
STOREFRONTS = "storefronts"


def of_product(product_id: int) -> str:
    """The key of all that shows this product."""
    return f"product-{product_id}"


def changed_with(session: Session, product_id: int) -> list[int]:
    """The products whose pages change when a review of this one does: itself and its family, which share their reviews.

    Each of them gets a ShopEvent.PRODUCT_CHANGED of its own in the deciding transaction. One statement.
    """
    return products.siblings(session, product_id)


def renewed_by(payload: Mapping[str, int | str | None]) -> list[str]:
    """The keys whose pages a ShopEvent.PRODUCT_CHANGED with this payload makes old.

    The product's own; with `isNew`, which also stands for a new handle, the lists' as well.
    """
    own = of_product(int(payload["productId"] or 0))
    return [own, PRODUCT_LIST] if payload.get("isNew") else [own]
