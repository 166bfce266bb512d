"""The live feed: every event once, in order, whoever wrote it and however its id was drawn; nobody holds it up."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar

import pytest
from sqlmodel import Session

from api.errors import ApiError
from api.streams import feed as live
from api.streams.feed import Feed, Topic
from core import clock, ids, outbox
from core.crossing import House
from core.db import Database
from core.outbox import Event, EventName, OutboxEvent

T = TypeVar("T")
SOON = 10.0


class Happening(EventName):
    """What happens in these tests."""

    TOLD = "Told"


def tell(database: Database, thing: int) -> int:
    """One event, committed."""
    return database.writing(
        lambda session: outbox.record(session, Happening.TOLD, aggregate=("Thing", thing), payload={"thingId": thing})
    )


def with_feed(database: Database, act: Callable[[Feed], Awaitable[T]]) -> T:
    """What `act` makes of a quick feed."""

    async def run() -> T:
        return await act(Feed(House(database), poll_seconds=0.02))

    return asyncio.run(run())


def test_two_writers_at_once_are_told_in_full_in_order_and_once(database: Database) -> None:
    async def listen(feed: Feed) -> list[int]:
        mailbox = await feed.subscribe([Topic(Happening.TOLD)])
        written = asyncio.gather(*(asyncio.to_thread(_tell_often, database, thing) for thing in (1, 2)))
        told: list[Event] = []
        while len(told) < 80:
            event = await mailbox.next(within=SOON)
            assert event is not None
            told.append(event)
        by_thing = [[event.id for event in told if event.payload["thingId"] == thing] for thing in (1, 2)]
        assert by_thing == await written
        assert await mailbox.next(within=0.2) is None
        return [event.id for event in told]

    told = with_feed(database, listen)

    assert len(set(told)) == 80


def _tell_often(database: Database, thing: int) -> list[int]:
    return [tell(database, thing) for _ in range(40)]


def test_an_event_that_is_committed_after_younger_ones_is_told_as_well(database: Database) -> None:
    early = ids.first_of(clock.now() - timedelta(seconds=20)) + 7

    async def listen(feed: Feed) -> list[int]:
        mailbox = await feed.subscribe([Topic(Happening.TOLD)])
        young = await asyncio.to_thread(tell, database, 1)
        first = await mailbox.next(within=SOON)
        await asyncio.to_thread(database.writing, _late(early))
        second = await mailbox.next(within=SOON)
        assert first is not None
        assert second is not None
        assert [first.id, second.id] == [young, early]
        nothing = await mailbox.next(within=0.2)
        assert nothing is None
        return [first.id, second.id]

    with_feed(database, listen)


def _late(event_id: int) -> Callable[[Session], None]:
    def step(session: Session) -> None:
        payload: dict[str, int | str | None] = {"thingId": 9}
        session.add(
            OutboxEvent(
                id=event_id, name="Told", aggregate="Thing:9", aggregate_seq=1, payload=payload, occurred_at=clock.now()
            )
        )

    return step


def test_what_was_there_before_is_not_told_and_nobody_means_no_reading(database: Database) -> None:
    tell(database, 1)

    async def listen(feed: Feed) -> None:
        mailbox = await feed.subscribe([Topic(Happening.TOLD)])
        assert await mailbox.next(within=0.2) is None
        mailbox.close()
        await asyncio.sleep(0.1)
        assert feed.listeners == 0
        assert not feed.is_reading
        # a listener that comes later starts it again, and hears what comes from then on
        await asyncio.to_thread(tell, database, 2)
        again = await feed.subscribe([Topic(Happening.TOLD)])
        third = await asyncio.to_thread(tell, database, 3)
        event = await again.next(within=SOON)
        assert event is not None
        assert event.id == third

    with_feed(database, listen)


def test_a_topic_keeps_to_a_part_of_the_payload_and_changes_when_asked(database: Database) -> None:
    async def listen(feed: Feed) -> list[object]:
        mailbox = await feed.subscribe([Topic(Happening.TOLD, "thingId", 2), Topic(Happening.TOLD, "thingId", 2)])
        for thing in (1, 2):
            await asyncio.to_thread(tell, database, thing)
        told = [await mailbox.next(within=SOON)]
        mailbox.follow([Topic(Happening.TOLD, "thingId", 3)])
        for thing in (2, 3):
            await asyncio.to_thread(tell, database, thing)
        told.append(await mailbox.next(within=SOON))
        return [event.payload["thingId"] for event in told if event is not None]

    assert with_feed(database, listen) == [2, 3]


def test_a_subscriber_who_takes_nothing_is_ended_and_the_others_are_not(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_WAITING", 3)

    async def listen(feed: Feed) -> str:
        slow = await feed.subscribe([Topic(Happening.TOLD)])
        quick = await feed.subscribe([Topic(Happening.TOLD)])
        for thing in range(5):
            await asyncio.to_thread(tell, database, thing)
            assert await quick.next(within=SOON) is not None
        with pytest.raises(ApiError) as ended:
            await slow.next(within=SOON)
        return ended.value.code

    assert with_feed(database, listen) == "SUBSCRIBER_TOO_SLOW"


def test_a_database_that_is_away_for_a_moment_costs_no_event(database: Database) -> None:
    from core import db

    broken = threading.Event()
    broken.set()

    def fail(_statement: str) -> None:
        if broken.is_set():
            raise ConnectionError

    async def listen(feed: Feed) -> None:
        mailbox = await feed.subscribe([Topic(Happening.TOLD)])
        event_id = await asyncio.to_thread(tell, database, 1)
        with db.observing(fail):
            assert await mailbox.next(within=0.3) is None
        event = await mailbox.next(within=SOON)
        assert event is not None
        assert event.id == event_id

    with_feed(database, listen)


def test_a_feed_that_stops_ends_everybody_and_takes_nobody_in(database: Database) -> None:
    async def listen(feed: Feed) -> list[str]:
        mailbox = await feed.subscribe([Topic(Happening.TOLD)])
        feed.stop()
        codes: list[str] = []
        for act in (mailbox.next(within=SOON), feed.subscribe([Topic(Happening.TOLD)])):
            with pytest.raises(ApiError) as ended:
                await act
            codes.append(ended.value.code)
        return codes

    assert with_feed(database, listen) == ["SERVER_STOPPING", "SERVER_STOPPING"]
