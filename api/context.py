"""What a resolver knows of its request. How it reaches the rooms is core.crossing's."""

import asyncio
from collections.abc import Callable, Hashable, Mapping
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias, TypeVar

from sqlmodel import Session
from starlette.requests import Request
from strawberry.dataloader import DataLoader
from strawberry.types import Info as StrawberryInfo

from api.documents import Documents
from api.fair_use import Account
from api.provenance import Provenance
from core.crossing import Rooms
from core.identity import Caller
from shop.queries.storefronts import StorefrontRow

if TYPE_CHECKING:
    from api.streams.admission import Admission
    from api.streams.feed import Feed
    from api.streams.stream import Stream

P = ParamSpec("P")
T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)


class Context:
    """What a resolver knows: who asks, from which storefront, the way to the rooms, and the request's batches.

    `account` is what the request may spend, `provenance` what it has read, `documents` what it may name; `admission`
    lets a stream look at its caller again, `feed` tells it of events. `stream` is there while the operation may be
    answered more than once; in parts, when it `takes_parts`.
    """

    def __init__(
        self,
        request: Request | None,
        rooms: Rooms,
        caller: Caller,
        storefront: StorefrontRow | None = None,
        *,
        account: Account,
        documents: Documents,
        admission: "Admission",
        feed: "Feed",
    ) -> None:
        self.request = request
        self.rooms = rooms
        self.caller = caller
        self.storefront = storefront
        self.account = account
        self.documents = documents
        self.provenance = Provenance()
        self.admission = admission
        self.feed = feed
        self.stream: Stream | None = None
        self.takes_parts = False
        self._loaders: dict[Hashable, DataLoader[Any, Any]] = {}
        self._reads: dict[Hashable, asyncio.Future[Any]] = {}

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
        self.provenance.note(value)
        return value

    async def read(self, ask: Callable[Concatenate[Session, P], T], *args: P.args, **named: P.kwargs) -> T:
        """`ask(session, ...)`, and a note of the rows that it gave."""
        value = await self.rooms.read(ask, *args, **named)
        self.provenance.note(value)
        return value

    async def read_once(self, ask: Callable[..., T], *args: Hashable) -> T:
        """`ask(session, *args)`, read once an operation however many fields want the same."""
        key = (ask, args)
        if key not in self._reads:
            self._reads[key] = asyncio.ensure_future(self.rooms.read(ask, *args))
        value: T = await self._reads[key]
        self.provenance.note(value)
        return value

    def for_stream(self, stream: "Stream") -> "Context":
        """The same caller's, with rooms of its own, for an operation that outlives the request or shares a socket."""
        made = Context(
            self.request,
            Rooms(self.rooms.house),
            self.caller,
            self.storefront,
            account=self.account,
            documents=self.documents,
            admission=self.admission,
            feed=self.feed,
        )
        made.stream = stream
        if self.request is not None:
            made.provenance = self.provenance
        return made

    async def see_anew(self) -> None:
        """End the snapshot, and forget what was read of it: what is read next is what is there by then."""
        await self.rooms.renew()
        self.forget_loaded()
        self.provenance = Provenance()

    def forget_loaded(self) -> None:
        """Drop what was loaded, which may be no longer so."""
        self._loaders.clear()
        self._reads.clear()


Info: TypeAlias = StrawberryInfo[Context, None]
