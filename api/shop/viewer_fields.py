"""What the shop knows of the caller, as a part of `viewer`."""

from typing import cast

import strawberry

from api.context import Info
from api.fields import field
from api.shop.loaders import customers_by_ids
from api.shop.order_types import Customer
from core.identity import Permission


@strawberry.type
class ShopViewer:
    """A base class of Viewer."""

    @field(only_for=(Permission.ACT_AS_CUSTOMER,))
    async def customer(self, info: Info) -> Customer | None:
        """The caller as a customer; null for others, and before their first act or the shop's first word of them."""
        customer_id = info.context.caller.customer_id
        if customer_id is None:
            return None
        return cast("Customer | None", await info.context.load(customers_by_ids, customer_id))
