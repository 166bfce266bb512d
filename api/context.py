"""How a request reaches the rooms: one thread at a time, one snapshot for its reads, one crossing for each write."""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import anyio
from anyio import to_thread
from sqlmodel import Session
from starlette.requests import Request
from strawberry.dataloader import DataLoader
from strawberry.types import Info as StrawberryInfo

from core.db import Database
from core.identity import Caller

P = ParamSpec("P")
T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)

_THREADS = 8


class House:
    """What all requests of one process share: the database and how many threads may be in it at once."""

    def __init__(self, database: Database, *, threads: int = _THREADS) -> None:
        self.database = database
        self.threads = anyio.CapacityLimiter(threads)
        # SQLite has one writer: wait for it as a coroutine here, never as a thread inside the pool
        self.writers = anyio.CapacityLimiter(1 if database.is_sqlite else threads)

    async def write(self, step: Callable[[Session], T]) -> T:
        """One write transaction in one crossing."""
        async with self.writers:
            return await to_thread.run_sync(self.database.writing, step, limiter=self.threads)


class Rooms:
    """One request's way in. Its reads share a snapshot; each write is a transaction of its own."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._turn = anyio.Lock()
        self._session: Session | None = None

    async def read(self, ask: Callable[Concatenate[Session, P], T], *args: P.args, **named: P.kwargs) -> T:
        """Call a room's function with the request's reading session, in a thread."""

        def there() -> T:
            if self._session is None:
                self._session = Session(self.house.database.reading_engine)
            return ask(self._session, *args, **named)

        async with self._turn:
            return await to_thread.run_sync(there, limiter=self.house.threads)

    async def write(self, step: Callable[[Session], T]) -> T:
        """Run a room's act in one write transaction; later reads see what it wrote."""
        async with self._turn:
            outcome = await self.house.write(step)
            await self._end_snapshot()
            return outcome

    async def close(self) -> None:
        """Give the snapshot's connection back, even when the request was cancelled."""
        with anyio.CancelScope(shield=True):
            await self._end_snapshot()

    async def _end_snapshot(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            await to_thread.run_sync(session.close, limiter=self.house.threads)


class Context:
    """What a resolver knows: who asks, the way to the rooms, and the request's batches."""

    def __init__(self, request: Request | None, rooms: Rooms, caller: Caller) -> None:
        self.request = request
        self.rooms = rooms
        self.caller = caller
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}

    async def load(self, batch: Callable[..., Mapping[Key, T]], key: Key, /, *args: Hashable) -> T | None:
        """The value of `key` from `batch(session, keys, *args)`, asked once for all keys of the same moment.

        `batch` is a room's query: a list of keys to a mapping, in a bounded number of statements.
        """
        name = (batch, args)
        if name not in self._loaders:

            async def load_all(keys: list[Key]) -> list[T | None]:
                found = await self.rooms.read(batch, keys, *args)
                return [found.get(wanted) for wanted in keys]

            self._loaders[name] = DataLoader(load_fn=load_all)
        value: T | None = await self._loaders[name].load(key)
        return value

    def forget_loaded(self) -> None:
        """Drop what was loaded before a write."""
        self._loaders.clear()


Info: TypeAlias = StrawberryInfo[Context, None]
