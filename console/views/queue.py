"""The queue: what waits for a decision, the longest-waiting first. Stars play no part in it and are not shown."""

from dataclasses import dataclass

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console.visit import Visit
from core import clock, outbox
from core.paging import Key, Page, decode_cursor, encode_cursor
from ugc import cases
from ugc.cases import QueueItem

_ROWS = 20


@dataclass(frozen=True, slots=True)
class QueuePage:
    """What the page shows: a page of the queue, how many wait in all, how many reactions are dead letters."""

    page: Page[QueueItem]
    waiting: int
    dead: int

    @property
    def next(self) -> str | None:
        """The place to go on from."""
        return encode_cursor(self.page.keys[-1]) if self.page.has_next else None


async def show(visit: Visit) -> Response:
    """A page of the queue."""
    after = visit.request.query_params.get("after")
    key = decode_cursor(after, (int, int)) if after else None
    if after and key is None:
        raise HTTPException(400)
    queue = await visit.read(_gather, key)
    return visit.page("queue.html", queue=queue, after=after, most=cases.MOST_COUNTED, at=clock.from_milliseconds)


def _gather(session: Session, after: Key | None) -> QueuePage:
    return QueuePage(
        page=cases.queue(session, first=_ROWS, after=after),
        waiting=cases.waiting_count(session),
        dead=len(outbox.dead_letters(session)),
    )
