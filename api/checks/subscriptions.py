"""What checks of pages tell as it happens: asked for, begun, done or failed."""

from collections.abc import AsyncGenerator
from typing import Annotated, cast

import strawberry

from api.audience import seen_by
from api.checks import loaders
from api.checks.types import PageCheck
from api.context import Info
from api.fields import subscription
from api.nodes import id_or_none_such
from api.streams.feed import Topic
from api.streams.watching import Watch, watch
from core.identity import Permission
from core.outbox import Event
from publishing.events import PageCheckEvent


@seen_by(Permission.READ_REVIEWS)
@strawberry.type(description="A check of a page has come further.")
class PageCheckChange:
    """A payload; the check is read when it is told."""

    page_check: PageCheck = strawberry.field(description="The check, as it is now.")


class _Checks(Watch[PageCheckChange]):
    def __init__(self, info: Info, check_id: int | None) -> None:
        super().__init__(info.context)
        self._check_id = check_id

    def topics(self) -> frozenset[Topic]:
        if self._check_id is None:
            return frozenset({Topic(PageCheckEvent.CHANGED)})
        return frozenset({Topic(PageCheckEvent.CHANGED, "checkId", self._check_id)})

    async def tell(self, event: Event) -> PageCheckChange | None:
        found = await self.context.load(loaders.checks_by_ids, cast("int", event.payload["checkId"]))
        return None if found is None else PageCheckChange(page_check=cast("PageCheck", found))


@strawberry.type
class CheckSubscription:
    """The part of Subscription that checks answer."""

    @subscription(requires=Permission.READ_REVIEWS)
    async def page_check_changed(
        self,
        info: Info,
        page_check_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only this check; all when left out.")
        ] = None,
    ) -> AsyncGenerator[PageCheckChange]:
        """Each step of a check: asked for, begun, done or failed."""
        number = None if page_check_id is None else id_or_none_such("PageCheck", page_check_id)
        return await watch(info, _Checks(info, number))
