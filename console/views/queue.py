"""The queue: what waits for a decision, the longest-waiting first. Stars play no part in it and are not shown."""

from dataclasses import dataclass

from sqlmodel import Session
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console.visit import Visit
from core import clock, outbox, texts
from core.paging import Key, Page, decode_cursor, encode_cursor
from ugc import cases
from ugc.cases import QueueItem
from ugc.states import WAITING, ReviewStatus

_ROWS = 20
STATUSES = tuple(sorted(WAITING))
# the languages of our own catalogues; reviews in any other are seen without a filter
LANGUAGES = tuple(locale.partition("_")[0] for locale in texts.available_locales())


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


@dataclass(frozen=True, slots=True)
class Filters:
    """What the address asks to see alone; unknown values ask for nothing."""

    status: ReviewStatus | None
    language: str | None

    @classmethod
    def of(cls, query: QueryParams) -> "Filters":
        """The filters of an address."""
        status, language = query.get("status"), query.get("language")
        return cls(
            status=ReviewStatus(status) if status in STATUSES else None,
            language=language if language in LANGUAGES else None,
        )


async def show(visit: Visit) -> Response:
    """A page of the queue."""
    query = visit.request.query_params
    after, filters = query.get("after"), Filters.of(query)
    key = decode_cursor(after, (int, int)) if after else None
    if after and key is None:
        raise HTTPException(400)
    return visit.page(
        "queue.html",
        queue=await visit.read(_gather, key, filters),
        after=after,
        filters=filters,
        statuses=STATUSES,
        languages=LANGUAGES,
        most=cases.MOST_COUNTED,
        at=clock.from_milliseconds,
    )


def _gather(session: Session, after: Key | None, filters: Filters) -> QueuePage:
    return QueuePage(
        page=cases.queue(session, first=_ROWS, after=after, status=filters.status, language=filters.language),
        waiting=cases.waiting_count(session),
        dead=len(outbox.dead_letters(session)),
    )
