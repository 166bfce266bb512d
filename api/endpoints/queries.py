"""Webhooks' root field. One endpoint is asked for by `node`."""

from typing import cast

import strawberry

from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.endpoints.types import WebhookEndpoint
from api.fields import field
from core.identity import Permission
from core.webhooks import endpoints


@strawberry.type
class EndpointQuery:
    """The part of Query that webhooks answer."""

    @field(requires=Permission.MANAGE_SHOP)
    async def webhook_endpoints(
        self, info: Info, first: First = 10, after: After = None
    ) -> Connection[WebhookEndpoint]:
        """The addresses that are told of events, oldest first; 20 at most."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        page = await info.context.rooms.read(endpoints.page, first=size, after=key)
        return connection(WebhookEndpoint, page, after=after)
