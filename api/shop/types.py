"""Products, families and storefronts as the API shows them. Customers and orders are api.shop.order_types'."""

from typing import Annotated, cast

import strawberry

from api.audience import seen_by
from api.checks.coverage_types import CoveredProduct
from api.context import Info
from api.enums import described
from api.fields import field
from api.nodes import Node
from api.root import node_type
from api.scalars import URL, CurrencyCode, DateTime, Money
from api.seo.product_fields import MarkedUpProduct
from api.sharing import shared
from api.shop.loaders import families_by_ids, products_by_families, products_by_ids, storefront_by_id
from api.shop.token_types import TokenTakingStorefront
from api.ugc.photo_types import PhotographedProduct
from api.ugc.product_fields import ReviewedProduct
from core import money
from core.identity import Permission
from shop.queries.products import ProductRow
from shop.tables import Availability, Family
from shop.tables import Storefront as Entity

described(
    Availability,
    description="Whether a product can be bought, in schema.org's terms.",
    values={
        "IN_STOCK": "It can be bought now.",
        "OUT_OF_STOCK": "It is sold out for now.",
        "PREORDER": "It can be ordered before it is there.",
        "DISCONTINUED": "It is no longer sold.",
    },
)


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="Something that is sold and reviewed, in the words of the storefront whose key was sent.")
class Product(Node, ReviewedProduct, PhotographedProduct, MarkedUpProduct, CoveredProduct):
    """Rooms add their parts as base classes; every method's `self` is the product's row."""

    external_id: str = strawberry.field(description="The shop's own id.")
    handle: str = strawberry.field(description="Its name in addresses; unique.")
    name: str = strawberry.field(description="Its name in the storefront's language, when the shop gave one.")
    description: str = strawberry.field(description="Its description in the storefront's language, when given.")
    brand: str | None = strawberry.field(description="Whose make it is.")
    sku: str | None = strawberry.field(description="The merchant's stock-keeping unit.")
    gtin: str | None = strawberry.field(description="Its GTIN of 8, 12, 13 or 14 digits.")
    mpn: str | None = strawberry.field(description="The maker's part number.")
    category: str | None = strawberry.field(description="The shop's category.")
    image_url: URL | None = strawberry.field(description="Its main picture.")
    image_width: int | None = strawberry.field(description="The picture's width in pixels.")
    image_height: int | None = strawberry.field(description="The picture's height in pixels.")
    url: URL | None = strawberry.field(description="Its page on the storefront; null without a storefront key.")
    availability: Availability | None = strawberry.field(
        description="Whether the storefront has it; null when it does not list it."
    )
    version: int = strawberry.field(description="Grows with everything its pages show; fit for cache keys.")
    open_for_reviews: bool = strawberry.field(description="Whether reviews of it are accepted.")
    updated_ms: DateTime = strawberry.field(name="updatedAt", description="When its pages last changed.")

    @field(shared=True)
    def price(self) -> Money | None:
        """What the storefront asks for it; null when it does not list a price."""
        row = cast("ProductRow", self)
        if row.price_minor is None or row.currency is None:
            return None
        return Money.of(money.Money(row.price_minor, row.currency))

    @field(shared=True)
    async def family(self, info: Info) -> Annotated["ProductFamily", strawberry.lazy("api.shop.types")] | None:
        """The variants it shares its reviews with; null when it stands alone."""
        family_id = cast("ProductRow", self).family_id
        if family_id is None:
            return None
        return cast("ProductFamily | None", await info.context.load(families_by_ids, family_id))


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="Variants that share their reviews.")
class ProductFamily(Node):
    """A shop.tables.Family."""

    external_id: str = strawberry.field(description="The shop's own id.")
    name: str = strawberry.field(description="What the variants are called together.")

    @field(shared=True)
    async def products(self, info: Info) -> list[Product]:
        """The variants, oldest first; at most 500."""
        family = cast("Family", self)
        rows = await info.context.load(products_by_families, family.id, info.context.caller.storefront_id)
        return cast("list[Product]", rows or [])


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="One place the merchant sells: a domain, a language and a currency.")
class Storefront(Node, TokenTakingStorefront):
    """A shop.tables.Storefront."""

    handle: str = strawberry.field(description="Its short name; the audience (`aud`) of its customer tokens.")
    name: str = strawberry.field(description="Its name for people.")
    origin: str = strawberry.field(description="Scheme and host of its pages.")
    locale: str = strawberry.field(description="Its language, BCP 47.")
    currency: CurrencyCode = strawberry.field(description="The currency of its prices.")
    time_zone: str = strawberry.field(description="The IANA time zone in which it shows dates.")
    product_url: str = strawberry.field(description="Where product pages are: `{handle}` stands for the product's.")

    @field(requires=Permission.MANAGE_SHOP)
    def allowed_origins(self) -> list[str]:
        """Origins whose browsers may call the API."""
        return cast("Entity", self).allowed_origins

    @field(requires=Permission.MANAGE_SHOP)
    def publishable_key(self) -> str:
        """The public key that names the storefront: the header Fidelio-Storefront-Key."""
        return cast("Entity", self).publishable_key

    @field(requires=Permission.MANAGE_SHOP)
    def customer_secret(self) -> str:
        """The secret that signs customer tokens (HS256). Keep it on the server."""
        return cast("Entity", self).customer_secret


@node_type("Product")
async def find_product(info: Info, number: int) -> object | None:
    """Products are public."""
    return await info.context.load(products_by_ids, number, info.context.caller.storefront_id)


@node_type("ProductFamily")
async def find_family(info: Info, number: int) -> object | None:
    """Families are public."""
    return await info.context.load(families_by_ids, number)


@node_type("Storefront")
async def find_storefront(info: Info, number: int) -> object | None:
    """The caller's own, or any for those who manage the shop."""
    caller = info.context.caller
    if caller.storefront_id != number and not caller.may(Permission.MANAGE_SHOP):
        return None
    return await info.context.read_once(storefront_by_id, number)
