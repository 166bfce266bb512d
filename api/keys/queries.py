"""The root field of service keys."""

from typing import cast

import strawberry

from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.fields import field
from api.keys.types import ServiceKey
from core import accounts
from core.identity import Permission
from core.paging import Page


@strawberry.type
class KeyQuery:
    """The part of Query that administrators ask."""

    @field(requires=Permission.MANAGE_STAFF)
    async def service_keys(self, info: Info, first: First = 10, after: After = None) -> Connection[ServiceKey]:
        """The keys of the merchant's systems, newest first, revoked ones too."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        page = await info.context.rooms.read(accounts.service_keys_page, first=size, after=key)
        shown = Page(items=[ServiceKey.of(row) for row in page.items], keys=page.keys, has_next=page.has_next)
        return connection(ServiceKey, shown, after=after)
