"""viewer.reviews: what the caller has written, in any state. Other callers' reviews are nobody's here."""

from typing import cast

import strawberry

from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.fields import field
from api.ugc.types import Review
from core.identity import Permission
from core.paging import Page
from ugc import own_reviews


@strawberry.type
class WritingViewer:
    """The part of Viewer that its reviews make."""

    @field(requires=Permission.ACT_AS_CUSTOMER)
    async def reviews(self, info: Info, first: First = 10, after: After = None) -> Connection[Review]:
        """The caller's own reviews, newest first, also those that are not public."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        author_id = info.context.caller.customer_id
        if author_id is None:
            return connection(Review, Page(items=(), keys=(), has_next=False), after=after)
        page = await info.context.rooms.read(own_reviews.own_page, author_id, first=size, after=key)
        return connection(Review, page, after=after)
