"""recordProduct: describe a product and what storefronts say of it."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.scalars import URL, MoneyInput
from api.shop.loaders import products_by_ids
from api.shop.types import Product
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from shop import products
from shop.products import ListingDraft, ProductDraft
from shop.tables import Availability


@strawberry.input(description="What one storefront says of a product.")
class ListingInput:
    """As shop.products.ListingDraft."""

    storefront_id: strawberry.ID = strawberry.field(description="Which storefront.")
    name: str | None = strawberry.field(default=None, description="The name in its language.")
    description: str | None = strawberry.field(default=None, description="The description in its language.")
    url: URL | None = strawberry.field(default=None, description="The page, when the storefront's pattern is not it.")
    price: MoneyInput | None = strawberry.field(default=None, description="What it asks for it.")
    availability: Availability = strawberry.field(
        default=Availability.IN_STOCK, description="Whether it can be bought there."
    )

    def draft(self) -> ListingDraft:
        """As the room takes it."""
        return ListingDraft(
            storefront_id=id_or_none_such("Storefront", self.storefront_id),
            name=self.name,
            description=self.description,
            url=self.url,
            price_minor=self.price.amount_minor if self.price else None,
            currency=self.price.currency_code if self.price else None,
            availability=self.availability,
        )


@strawberry.input(description="A product as the shop describes it, whole: what is left out is empty afterwards.")
class RecordProductInput:
    """As shop.products.ProductDraft."""

    external_id: str = strawberry.field(description="The shop's own id.")
    handle: str = strawberry.field(description="Its name in addresses; unique.")
    name: str = strawberry.field(description="Its name.")
    description: str = strawberry.field(default="", description="Its description.")
    brand: str | None = strawberry.field(default=None, description="Whose make it is.")
    sku: str | None = strawberry.field(default=None, description="The merchant's stock-keeping unit.")
    gtin: str | None = strawberry.field(default=None, description="Its GTIN of 8, 12, 13 or 14 digits.")
    mpn: str | None = strawberry.field(default=None, description="The maker's part number.")
    category: str | None = strawberry.field(default=None, description="The shop's category.")
    image_url: URL | None = strawberry.field(default=None, description="Its main picture.")
    image_width: int | None = strawberry.field(default=None, description="The picture's width in pixels.")
    image_height: int | None = strawberry.field(default=None, description="The picture's height in pixels.")
    open_for_reviews: bool = strawberry.field(default=True, description="Whether reviews of it are accepted.")
    listings: list[ListingInput] = strawberry.field(
        default_factory=list, description="What storefronts say of it; storefronts not named stay as they are."
    )

    def draft(self) -> ProductDraft:
        """As the room takes it."""
        return ProductDraft(**{**vars(self), "listings": tuple(listing.draft() for listing in self.listings)})


@error_codes("Why recordProduct did nothing.")
class RecordProductErrorCode(Enum):
    """Every code of shop.products.record."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    DUPLICATE = "DUPLICATE"
    INVALID_TEXT = "INVALID_TEXT"
    INVALID_HANDLE = "INVALID_HANDLE"
    HANDLE_TAKEN = "HANDLE_TAKEN"
    INVALID_GTIN = "INVALID_GTIN"
    INVALID_URL = "INVALID_URL"
    INVALID_IMAGE_SIZE = "INVALID_IMAGE_SIZE"
    INVALID_CURRENCY = "INVALID_CURRENCY"
    NEGATIVE_AMOUNT = "NEGATIVE_AMOUNT"
    AMOUNT_TOO_LARGE = "AMOUNT_TOO_LARGE"
    PRICE_INCOMPLETE = "PRICE_INCOMPLETE"
    STOREFRONT_NOT_FOUND = "STOREFRONT_NOT_FOUND"


@strawberry.type(description="What recordProduct answers.")
class RecordProductPayload:
    """The product, or why not."""

    product: Product | None = strawberry.field(description="The product.")
    user_errors: list[UserError[RecordProductErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_SHOP)
async def record_product(
    info: Info, input: RecordProductInput, idempotency_key: IdempotencyKey = None
) -> RecordProductPayload:
    """Create or change the product of this external id."""
    draft = input.draft()
    outcome = await write(info, input, idempotency_key, lambda session: products.record(session, draft))
    if isinstance(outcome, Refusal):
        return RecordProductPayload(product=None, user_errors=user_errors(info, RecordProductErrorCode, outcome))
    found = await info.context.load(products_by_ids, cast("int", outcome), info.context.caller.storefront_id)
    return RecordProductPayload(product=cast("Product | None", found), user_errors=[])
