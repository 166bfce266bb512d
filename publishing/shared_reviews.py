"""One published review as it is shared: its facts and addresses. How they are written is seo.markup.sharing's."""

from urllib.parse import urlencode

from sqlmodel import Session

from core import ids
from core.settings import settings
from publishing.facts import product_facts, review_facts
from seo.markup.sharing import SharedReview
from shop import products, storefronts
from shop.queries.storefronts import StorefrontRow
from ugc import listing, photos, ratings


def find(session: Session, storefront: str, public_id: str) -> SharedReview | None:
    """The review in this storefront's words; None unless it is published. At most five statements."""
    site, named = storefronts.shown(session, storefront), ids.from_public(public_id)
    if site is None or named is None or named[0] != "Review":
        return None
    review = listing.by_ids(session, [named[1]]).get(named[1])
    product = products.shown(session, review.product_id, storefront_id=site.id) if review else None
    if review is None or product is None:
        return None
    pictured = photos.by_review(session, [review.id]) if review.photo_count else {}
    facts = product_facts(product, site, summary=ratings.summary(session, product.id), reviews=(), photos={})
    return SharedReview(
        product=facts,
        review=review_facts(review, site.locale, photos=pictured.get(review.id, ())),
        url=address(site, review.public_id),
        style_url=f"{settings().public_url}/fragments/reviews.css",
        oembed_url=f"{settings().public_url}/oembed?{urlencode({'url': address(site, review.public_id)})}",
    )


def address(site: StorefrontRow, public_id: str) -> str:
    """Where the review's share page is."""
    return f"{settings().public_url}/share/{site.handle}/{public_id}"


def find_by_address(session: Session, url: str) -> SharedReview | None:
    """The review whose share page this is; None for every other address."""
    before, _, path = url.partition("/share/")
    storefront, _, public_id = path.partition("/")
    return find(session, storefront, public_id) if before == settings().public_url else None
