"""What a request that is stopped leaves behind: no session, no half a write, no gate held for ever."""

import asyncio
import threading
import time
from typing import Any

import pytest
from sqlmodel import Session

from core.crossing import House, Rooms
from core.db import Database


def wait_a_while(_session: Session) -> None:
    """A statement that takes its time."""
    time.sleep(0.2)


async def stop(task: "asyncio.Task[object]") -> None:
    """Cancel and see it end."""
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_a_snapshot_is_closed_after_the_read_that_still_uses_it(database: Database) -> None:
    async def story() -> None:
        rooms = Rooms(House(database))
        reading: asyncio.Task[object] = asyncio.ensure_future(rooms.read(wait_a_while))
        await asyncio.sleep(0.05)
        await stop(reading)
        started = time.monotonic()
        await rooms.close()
        assert time.monotonic() - started > 0.05

    asyncio.run(story())


def test_nothing_is_read_for_a_request_that_is_over(database: Database) -> None:
    async def story() -> None:
        rooms = Rooms(House(database))
        await rooms.close()
        with pytest.raises(asyncio.CancelledError):
            await rooms.read(wait_a_while)

    asyncio.run(story())


def test_a_write_that_has_begun_is_finished_and_holds_its_gate(database: Database) -> None:
    seen: list[str] = []

    def slow(_session: Session) -> None:
        time.sleep(0.2)
        seen.append("first")

    async def story() -> None:
        house = House(database)
        house.writers.total_tokens = 1
        first: asyncio.Task[object] = asyncio.ensure_future(house.write(slow))
        await asyncio.sleep(0.05)
        await stop(first)
        await house.write(lambda _session: seen.append("second"))

    asyncio.run(story())
    assert seen == ["first", "second"]


def test_a_write_that_still_waits_for_its_turn_is_not_begun(database: Database) -> None:
    held, ran = threading.Event(), []

    async def story() -> None:
        house = House(database)
        house.writers.total_tokens = 1
        first = asyncio.ensure_future(house.write(lambda _session: held.wait(5)))
        await asyncio.sleep(0.05)
        second: asyncio.Task[object] = asyncio.ensure_future(house.write(lambda _session: ran.append(True)))
        await asyncio.sleep(0.05)
        await stop(second)
        held.set()
        assert await first is True
        await house.write(lambda _session: None)

    asyncio.run(story())
    assert ran == []


def test_a_plain_cancellation_ends_the_waiting_and_never_the_closing(database: Database) -> None:
    async def story() -> None:
        for seconds in (0, 0.0001, 0.001, 0.01):
            rooms = Rooms(House(database))
            await rooms.read(wait_a_while)
            closing: asyncio.Task[object] = asyncio.ensure_future(rooms.close())
            await asyncio.sleep(seconds)
            closing.cancel()
            await asyncio.wait([closing])
            await asyncio.sleep(0.1)
            pool: Any = database.reading_engine.pool
            assert pool.checkedout() == 0

    asyncio.run(story())
