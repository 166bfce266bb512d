"""The shop's root fields: products for everyone, storefronts for those who manage them."""

from typing import Annotated, cast

import strawberry

from api.connections import Connection, connection, page_size, place
from api.context import Info
from api.errors import bad_input
from api.fields import field
from api.nodes import id_or_none_such
from api.shop.loaders import product_by_handle, products_by_ids, storefront_by_id
from api.shop.types import Product, Storefront
from core.identity import Permission
from publishing import surrogate_keys
from shop import storefronts
from shop.products import page


@strawberry.type
class ShopQuery:
    """The part of Query that the shop answers."""

    @field(requires=Permission.READ_PUBLIC, shared=True)
    async def product(
        self,
        info: Info,
        id: Annotated[strawberry.ID | None, strawberry.argument(description="Its opaque id.")] = None,
        handle: Annotated[str | None, strawberry.argument(description="Its handle, instead of the id.")] = None,
    ) -> Product | None:
        """A product by its id or by its handle."""
        storefront_id = info.context.caller.storefront_id
        if (id is None) == (handle is None):
            raise bad_input("Give either id or handle.")
        if id is not None:
            row = await info.context.load(products_by_ids, id_or_none_such("Product", id), storefront_id)
        else:
            row = await info.context.read_once(product_by_handle, handle, storefront_id)
        info.context.provenance.must_be_named(row)
        return cast("Product | None", row)

    @field(requires=Permission.READ_PUBLIC, shared=True)
    async def products(
        self,
        info: Info,
        first: Annotated[int, strawberry.argument(description="How many, 1 to 100.")] = 10,
        after: Annotated[str | None, strawberry.argument(description="The cursor to go on from.")] = None,
    ) -> Connection[Product]:
        """All products, in the order in which they were first told."""
        key = cast("tuple[int] | None", place(after, int))
        info.context.provenance.note_list(surrogate_keys.PRODUCT_LIST)
        rows = await info.context.read(
            page, storefront_id=info.context.caller.storefront_id, first=page_size(first), after=key
        )
        return connection(Product, rows, after=after)

    @field(requires=Permission.READ_PUBLIC, shared=True)
    async def storefront(self, info: Info) -> Storefront | None:
        """The storefront whose key was sent."""
        storefront_id = info.context.caller.storefront_id
        if storefront_id is None:
            return None
        return cast("Storefront | None", await info.context.read_once(storefront_by_id, storefront_id))

    @field(requires=Permission.MANAGE_SHOP)
    async def storefronts(self, info: Info) -> list[Storefront]:
        """Every storefront of the merchant, with its keys."""
        return cast("list[Storefront]", await info.context.rooms.read(storefronts.everyone))
