"""Product.markup: the rows of the same answer, marked up. What may be claimed is publishing's and seo's to say."""

import asyncio
import re
from collections.abc import Sequence
from typing import Annotated, cast

import strawberry

from api.audience import seen_by
from api.connections import After, First, page_size
from api.context import Info
from api.errors import bad_input
from api.fields import field
from api.sharing import shared
from api.shop.loaders import products_by_families
from api.ugc.loaders import photos_of_reviews
from api.ugc.product_fields import FilterArgument, SortArgument, rating_summary_of, reviews_page_of
from core.identity import Permission
from publishing import review_lists
from publishing.facts import product_facts
from publishing.review_lists import ListAsked
from seo import markup
from shop import products, storefronts
from shop.queries.products import ProductRow
from shop.queries.storefronts import StorefrontRow
from ugc.listing import PublishedReview, ReviewOrder
from ugc.queries.photos import PhotoRow

StorefrontHandle = Annotated[
    str | None,
    strawberry.argument(
        description="Whose words, prices and addresses: a storefront's handle. The caller's own when left out."
    ),
]


PageParameter = Annotated[
    str, strawberry.argument(description="The query parameter that names a page in the shop's own addresses.")
]
_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,30}")


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="What a product page says to machines; every part is made of the same facts.")
class ProductMarkup:
    """Four renderings, each to be put into a page as it is."""

    head: str = strawberry.field(description="All that belongs in <head>: Open Graph, Twitter Card and JSON-LD.")
    json_ld: str = strawberry.field(
        description="The <script> of schema.org JSON-LD; empty when nothing may be claimed."
    )
    microdata: str = strawberry.field(
        description="A visible HTML block of rating and reviews with schema.org microdata."
    )
    open_graph: str = strawberry.field(description="The Open Graph <meta> elements, in order.")
    twitter: str = strawberry.field(description="The Twitter Card <meta> elements.")


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="One page of a product's reviews as HTML, with plain links to the others.")
class ReviewList:
    """A publishing.review_lists.ReviewList."""

    html: str = strawberry.field(
        description="A semantic block with schema.org microdata and <a href> pages; empty before the first review."
    )
    canonical_url: str = strawberry.field(
        description="What <link rel=canonical> of the shop's page must say: this page's own address, never the first's."
    )
    page: int = strawberry.field(description="Which page this is, from 1.")
    page_count: int = strawberry.field(description="How many there are.")
    previous_url: str | None = strawberry.field(description="The page before; null on the first.")
    next_url: str | None = strawberry.field(description="The page after; null on the last.")


@strawberry.type
class MarkedUpProduct:
    """The part of Product that is written for machines."""

    @field(shared=True)
    async def markup(  # noqa: PLR0917 - the arguments of `reviews`, and whose page
        self: ProductRow,
        info: Info,
        storefront: StorefrontHandle = None,
        first: First = 10,
        after: After = None,
        sort: SortArgument = ReviewOrder.NEWEST,
        filter: FilterArgument = None,
    ) -> ProductMarkup:
        """Markup of this product with exactly the reviews that `reviews` gives for the same arguments."""
        site, product = await _as_seen_by(info, self, storefront)
        summary = await rating_summary_of(info, product)
        page = await reviews_page_of(info, product, first=first, after=after, sort=sort, filter=filter)
        variants = await _variants(info, product, site.id)
        photos = await _photos(info, page.items)
        facts = product_facts(product, site, summary=summary, reviews=page.items, photos=photos, variants=variants)
        written = markup.build(facts)
        return ProductMarkup(
            head=written.head,
            json_ld=written.json_ld,
            microdata=written.microdata,
            open_graph=written.open_graph,
            twitter=written.twitter,
        )

    @field(shared=True)
    async def review_list(
        self: ProductRow,
        info: Info,
        page: Annotated[int, strawberry.argument(description="Which page, from 1.")] = 1,
        first: First = 10,
        parameter: PageParameter = "reviews",
        storefront: StorefrontHandle = None,
    ) -> ReviewList | None:
        """A page of this shop's reviews as HTML, for the shop's server to put into its page; null past the last."""
        if not 1 <= page <= review_lists.MOST_PAGES:
            raise bad_input(f"page must lie between 1 and {review_lists.MOST_PAGES}.")
        if not _PARAMETER.fullmatch(parameter):
            raise bad_input("parameter is a word of up to 30 letters, digits, - and _.")
        site, product = await _as_seen_by(info, self, storefront)
        asked = ListAsked(page, page_size(first), parameter)
        found = await info.context.rooms.read(review_lists.page_of, product, site, asked)
        return cast("ReviewList | None", found)


async def _photos(info: Info, reviews: Sequence[PublishedReview]) -> dict[int, list[PhotoRow]]:
    pictured = [review.id for review in reviews if review.photo_count]
    found = await asyncio.gather(*(info.context.load(photos_of_reviews, each) for each in pictured))
    return {review_id: photos or [] for review_id, photos in zip(pictured, found, strict=True)}


async def _as_seen_by(info: Info, product: ProductRow, handle: str | None) -> tuple[StorefrontRow, ProductRow]:
    own = info.context.storefront
    if own is not None and handle in {None, own.handle}:
        return own, product
    if handle is None:
        raise bad_input("Name the storefront whose page the markup is for.")
    site = await info.context.read_once(storefronts.shown, handle)
    if site is None:
        raise bad_input("There is no storefront with this handle.")
    seen = await info.context.read(products.shown, product.id, storefront_id=site.id)
    return site, seen or product


async def _variants(info: Info, product: ProductRow, storefront_id: int) -> list[ProductRow]:
    if product.family_id is None:
        return []
    return await info.context.load(products_by_families, product.family_id, storefront_id) or []
