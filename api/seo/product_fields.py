"""Product.markup: the rows of the same answer, marked up. What may be claimed is publishing's and seo's to say."""

from typing import Annotated

import strawberry

from api.audience import seen_by
from api.connections import After, First
from api.context import Info
from api.errors import bad_input
from api.fields import field
from api.sharing import shared
from api.shop.loaders import products_by_families
from api.ugc.product_fields import FilterArgument, SortArgument, rating_summary_of, reviews_page_of
from core.identity import Permission
from publishing.facts import product_facts
from seo import markup
from shop import products, storefronts
from shop.queries.products import ProductRow
from shop.queries.storefronts import StorefrontRow
from ugc.listing import ReviewOrder

StorefrontHandle = Annotated[
    str | None,
    strawberry.argument(
        description="Whose words, prices and addresses: a storefront's handle. The caller's own when left out."
    ),
]


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
        facts = product_facts(product, site, summary=summary, reviews=page.items, variants=variants)
        written = markup.build(facts)
        return ProductMarkup(
            head=written.head,
            json_ld=written.json_ld,
            microdata=written.microdata,
            open_graph=written.open_graph,
            twitter=written.twitter,
        )


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
