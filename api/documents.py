"""The documents that this process knows by name. Which a request may name, and what then, is api.persisted's."""

from collections import OrderedDict

from core import clock, documents
from core.crossing import Rooms
from core.settings import Settings

_SECONDS = 10.0
_MOST_REGISTERED = 2_000
_MOST_SENT = 500
_MOST_SENT_LENGTH = 2_000_000


class Shelf:
    """Texts by hash, sent by one storefront's callers. The longest unused makes room."""

    def __init__(self, *, most: int = _MOST_SENT, most_length: int = _MOST_SENT_LENGTH) -> None:
        self._most = most
        self._most_length = most_length
        self._texts: OrderedDict[str, str] = OrderedDict()
        self._length = 0

    def get(self, digest: str) -> str | None:
        """The text, which is now the latest used."""
        if digest in self._texts:
            self._texts.move_to_end(digest)
        return self._texts.get(digest)

    def put(self, digest: str, text: str) -> None:
        """Keep the text, and forget others where that is too much."""
        if self.get(digest) is not None:
            return
        self._texts[digest] = text
        self._length += len(text)
        while len(self._texts) > self._most or self._length > self._most_length:
            _, forgotten = self._texts.popitem(last=False)
            self._length -= len(forgotten)

    def __len__(self) -> int:
        return len(self._texts)


class Documents:
    """Registered ones, which every process finds in the database, and those that clients have sent to this one.

    What clients send stays in memory, so that no stranger writes to the disk, and on their storefront's own shelf, so
    that none pushes out another's. `is_locked`: only registered ones run.
    """

    def __init__(self, settings: Settings) -> None:
        self.is_locked = settings.documents == "locked"
        self._registered: OrderedDict[str, tuple[float, str]] = OrderedDict()
        self._shelves: dict[int, Shelf] = {}

    async def registered(self, rooms: Rooms, name: str) -> str | None:
        """The registered text of this name. A known one is asked for again after ten seconds, an unknown one always."""
        known = self._registered.get(name)
        if known is not None and known[0] > clock.elapsed_seconds():
            return known[1]
        self._registered.pop(name, None)
        text = await rooms.read(documents.text_of, name)
        if text is not None:
            self._registered[name] = (clock.elapsed_seconds() + _SECONDS, text)
            if len(self._registered) > _MOST_REGISTERED:
                self._registered.popitem(last=False)
        return text

    def sent(self, storefront_id: int | None, digest: str) -> str | None:
        """The text that this storefront's callers have sent under its hash."""
        shelf = self._shelves.get(storefront_id or 0)
        return None if shelf is None else shelf.get(digest)

    def keep(self, storefront_id: int | None, digest: str, text: str) -> None:
        """Remember a valid text for the callers of a storefront, which exists, or for those without one."""
        self._shelves.setdefault(storefront_id or 0, Shelf()).put(digest, text)
