"""How a door reaches the rooms: one thread at a time, one snapshot for a request's reads, one crossing for each write.

What a request is, and who sent it, is the doors' to know.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from typing import Concatenate, ParamSpec, TypeVar

import anyio
from sqlmodel import Session

from core.db import Database

P = ParamSpec("P")
T = TypeVar("T")

_THREADS = 8


class House:
    """What all requests of one process share: the database and how many threads may be in it at once."""

    def __init__(self, database: Database) -> None:
        self.database = database
        # a crossing by the loop's own way costs a third less of a product page than by anyio's worker threads
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="rooms")
        # SQLite has one writer: wait for it as a coroutine here, never as a thread inside the pool
        self.writers = anyio.CapacityLimiter(1 if database.is_sqlite else _THREADS)
        # the loop itself keeps only weak references to what runs in it
        self.closing: set[asyncio.Future[None]] = set()

    async def write(self, step: Callable[[Session], T]) -> T:
        """One write transaction in one crossing.

        A caller who stops waiting stops a write that has not begun; one that has is finished.
        """
        return await _unbroken(self.writers, lambda: self.cross(self.database.writing, step))

    def cross(self, act: Callable[..., T], *args: object) -> Awaitable[T]:
        """Call `act(*args)` in one of the house's threads; waits for a free one."""
        return asyncio.get_running_loop().run_in_executor(self._threads, act, *args)


async def _unbroken(gate: AbstractAsyncContextManager[object], act: Callable[[], Awaitable[T]]) -> T:
    """Pass the gate and act. Who stops waiting before they are in stays out; what has begun ends within it.

    A thread cannot be stopped: without this a cancelled request would let the next one at what its thread still uses.
    """
    is_in = False

    async def pass_and_act() -> T:
        nonlocal is_in
        async with gate:
            is_in = True
            return await act()

    task = asyncio.ensure_future(pass_and_act())
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        if not is_in:
            task.cancel()
        raise


class Rooms:
    """One request's way in. Its reads share a snapshot; each write is a transaction of its own."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._turn = anyio.Lock()
        self._session: Session | None = None
        self._is_over = False

    async def read(self, ask: Callable[Concatenate[Session, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Call a room's function with the request's reading session, in a thread."""

        def there() -> T:
            if self._session is None:
                self._session = Session(self.house.database.reading_engine)
            return ask(self._session, *args, **named)

        def cross() -> Awaitable[T]:
            if self._is_over:
                # what still reads for a request that was stopped is stopped like it, or nobody closes its session
                raise asyncio.CancelledError
            return self.house.cross(there)

        return await _unbroken(self._turn, cross)

    async def write(self, step: Callable[[Session], T]) -> T:
        """Run a room's act in one write transaction; later reads see what it wrote."""
        async with self._turn:
            outcome = await self.house.write(step)
            await self._end_snapshot()
            return outcome

    async def renew(self) -> None:
        """End the snapshot: its connection is given back, and the next read sees what is there by then."""
        await _unbroken(self._turn, self._end_snapshot)

    async def close(self) -> None:
        """Give the snapshot's connection back, even when the request was cancelled; nothing is read after this."""
        closing = asyncio.ensure_future(self._close())
        self.house.closing.add(closing)
        closing.add_done_callback(self.house.closing.discard)
        # the scope keeps out anyio's cancellation, the task a plain one: that ends the waiting, never the closing
        with anyio.CancelScope(shield=True):
            await asyncio.shield(closing)

    async def _close(self) -> None:
        async with self._turn:
            self._is_over = True
            await self._end_snapshot()

    async def _end_snapshot(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await self.house.cross(session.close)
