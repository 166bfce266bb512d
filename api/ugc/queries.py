"""The reviews' root field: the moderators' queue."""

import strawberry

from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.fields import field
from api.ugc.case_types import ModerationQueueItem
from core.identity import Permission
from core.paging import Page
from ugc import cases


@strawberry.type
class ReviewQuery:
    """The part of Query that reviews answer."""

    @field(requires=Permission.READ_REVIEWS)
    async def moderation_queue(
        self, info: Info, first: First = 10, after: After = None
    ) -> Connection[ModerationQueueItem]:
        """Revisions that wait for a decision, the longest-waiting first. Stars play no part in the order."""
        page = await info.context.rooms.read(cases.queue, first=page_size(first), after=place(after, int, int))
        items = [ModerationQueueItem.of(item) for item in page.items]
        shown = Page(items=items, keys=page.keys, has_next=page.has_next)
        return connection(ModerationQueueItem, shown, after=after)
