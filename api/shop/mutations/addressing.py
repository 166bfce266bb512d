"""Which storefront a mutation of the shop is about."""

import strawberry

from api.context import Info
from api.nodes import id_or_none_such


def storefront_number(info: Info, storefront_id: strawberry.ID | None) -> int:
    """The named storefront, else the one whose key was sent; 0, which the room refuses, without either."""
    if storefront_id is None:
        return info.context.caller.storefront_id or 0
    return id_or_none_such("Storefront", storefront_id)
