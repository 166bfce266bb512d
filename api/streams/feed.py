"""The live feed of a process: events of the outbox, as they are committed, to who listens. What they mean is theirs.

The outbox is read only while somebody listens. Ids grow with the time they are drawn at and not with the commit, so a
window of the newest is read each time, and what was seen in it is remembered: nothing is missed or told twice,
whichever process wrote it. A transaction that stays open for longer than the window is told of too late for this feed.
"""

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from api.error_codes import ErrorCode
from api.errors import ApiError
from core import clock, ids, logs, outbox
from core.crossing import House, Rooms
from core.outbox import Event

_EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
MOST_WAITING = 200
_WINDOW = timedelta(seconds=60)
_IDS_OF_WINDOW = ids.first_of(_EPOCH + _WINDOW) - ids.first_of(_EPOCH)
_AT_ONCE = 500
_logger = logs.get(__name__)


@dataclass(frozen=True, slots=True)
class Topic:
    """Events of one name; only those whose payload has `value` as `part`, when a part is named."""

    name: str
    part: str | None = None
    value: int | str | None = None


def too_slow() -> ApiError:
    """More has happened than the subscriber takes in: an end is better than a stream with holes."""
    return ApiError(ErrorCode.SUBSCRIBER_TOO_SLOW, f"More than {MOST_WAITING} events wait to be sent. Subscribe again.")


def stopping() -> ApiError:
    """This process ends."""
    return ApiError(ErrorCode.SERVER_STOPPING, "The server stops. Subscribe again in a moment.")


class Mailbox:
    """What one subscriber has not taken yet: at most MOST_WAITING events, then it ends."""

    def __init__(self, feed: "Feed") -> None:
        self._feed = feed
        self._events: deque[Event] = deque()
        self._end: ApiError | None = None
        self._has_news = asyncio.Event()

    async def next(self, *, within: float) -> Event | None:
        """The next event, or None when none comes within these seconds. Raises the ApiError that ended the stream."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._has_news.wait()
        if self._end is not None:
            raise self._end
        event = self._events.popleft() if self._events else None
        if not self._events:
            self._has_news.clear()
        return event

    def put(self, event: Event) -> None:
        """Keep the event until it is taken."""
        if len(self._events) == MOST_WAITING:
            self.end(too_slow())
        if self._end is None:
            self._events.append(event)
            self._has_news.set()

    def end(self, why: ApiError) -> None:
        """Nothing more comes; what waits is dropped."""
        self._end = self._end or why
        self._events.clear()
        self._has_news.set()

    def follow(self, topics: Iterable[Topic]) -> None:
        """Get events of these topics from now on, and of no others."""
        self._feed.address(self, topics)

    def close(self) -> None:
        """Get nothing more."""
        self._feed.address(self, ())


class Feed:
    """The tail of the outbox and its listeners."""

    def __init__(self, house: House, *, poll_seconds: float) -> None:
        self._house = house
        self._poll_seconds = poll_seconds
        self._readers: dict[Topic, set[Mailbox]] = defaultdict(set)
        self._topics: dict[Mailbox, frozenset[Topic]] = {}
        self._tail: asyncio.Task[None] | None = None
        self._starting = asyncio.Lock()
        self._since = 0
        self._seen: set[int] = set()
        self._is_stopping = False

    async def subscribe(self, topics: Iterable[Topic]) -> Mailbox:
        """A mailbox for every event of these topics that is committed after this returns; one more may come before."""
        if self._is_stopping:
            raise stopping()
        mailbox = Mailbox(self)
        async with self._starting:
            if self._tail is None:
                await self._begin()
                self._tail = asyncio.create_task(self._poll())
            # within the lock: the tail ends when it finds no readers
            mailbox.follow(topics)
        return mailbox

    def address(self, mailbox: Mailbox, topics: Iterable[Topic]) -> None:
        """Send the mailbox these topics and no others."""
        for topic in self._topics.pop(mailbox, frozenset()):
            self._readers[topic].discard(mailbox)
            if not self._readers[topic]:
                del self._readers[topic]
        if wanted := frozenset(topics):
            self._topics[mailbox] = wanted
            for topic in wanted:
                self._readers[topic].add(mailbox)

    @property
    def listeners(self) -> int:
        """How many mailboxes are open."""
        return len(self._topics)

    @property
    def is_reading(self) -> bool:
        """Whether the outbox is read at all."""
        return self._tail is not None

    def stop(self) -> None:
        """End every stream: the process is about to."""
        self._is_stopping = True
        for mailbox in list(self._topics):
            mailbox.end(stopping())

    async def _begin(self) -> None:
        # what is there already was before anybody listened
        self._since = ids.first_of(clock.now() - _WINDOW)
        self._seen = set()
        await self._unseen(of_interest=False)

    async def _poll(self) -> None:
        while self._topics:
            await asyncio.sleep(self._poll_seconds)
            try:
                for event in await self._unseen():
                    self._deliver(event)
            # a database that is away for a moment ends no stream: what it has then is found in the window
            except Exception as problem:  # noqa: BLE001
                logs.report(_logger, problem, path="live feed")
        self._tail = None

    async def _unseen(self, *, of_interest: bool = True) -> list[Event]:
        rooms = Rooms(self._house)
        try:
            found = await rooms.read(outbox.recorded_after, self._since)
            fresh = [each for each in found if each not in self._seen] if of_interest else []
            events = [
                event
                for start in range(0, len(fresh), _AT_ONCE)
                for event in await rooms.read(outbox.by_ids, fresh[start : start + _AT_ONCE])
            ]
        finally:
            await rooms.close()
        if found:
            self._since = max(self._since, found[-1] - _IDS_OF_WINDOW)
        self._seen = {each for each in found if each > self._since}
        return events

    def _deliver(self, event: Event) -> None:
        topics = [Topic(event.name), *(Topic(event.name, part, value) for part, value in event.payload.items())]
        for mailbox in {each for topic in topics for each in self._readers.get(topic, ())}:
            mailbox.put(event)
