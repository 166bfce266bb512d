"""Persisted documents: a request names its document instead of sending it. Where they are kept is api.documents'.

A name is the SHA-256 of the text, as `extensions.persistedQuery` of version 1, or any registered id, as `documentId`.
Clients may also send a text with its hash once, and the hash alone from then on.
"""

from collections.abc import AsyncIterator, Iterator
from typing import cast

from strawberry.extensions import SchemaExtension

from api.context import Context
from api.error_codes import ErrorCode
from api.errors import ApiError
from api.limits import MAX_LENGTH, too_large
from api.parameters import DOCUMENT_ID
from core import documents
from core.identity import Permission

_PREFIX = "sha256:"


class PersistedDocuments(SchemaExtension):
    """Puts the text in the place of its name, before anything reads it; refuses what may not run."""

    _new: tuple[str, str] | None = None

    async def on_operation(self) -> AsyncIterator[None]:
        """Find what is asked for."""
        asked = self.execution_context
        name = _name(asked.operation_extensions or {})
        if self._context.documents.is_locked:
            asked.query = await self._locked(asked.query, name)
        elif name is not None:
            asked.query = await self._open(asked.query, name)
        yield

    def on_execute(self) -> Iterator[None]:
        """What runs is valid: a text that came with its hash is kept, for callers who have shown any key."""
        caller = self._context.caller
        if self._new is not None and caller.may(Permission.READ_PUBLIC):
            self._context.documents.keep(caller.storefront_id, *self._new)
        yield

    async def _open(self, text: str | None, name: str) -> str:
        if text is not None:
            self._new = _checked(name, text)
            return text
        found = await _known(self._context, name)
        if found is None:
            # clients know this one by its message: they send the text next
            raise ApiError(ErrorCode.PERSISTED_QUERY_NOT_FOUND, "PersistedQueryNotFound")
        return found

    async def _locked(self, text: str | None, name: str | None) -> str | None:
        if text is not None:
            name = _checked(name, text)[0] if name is not None else documents.digest(text)
        if name is None:
            return None
        found = await self._context.documents.registered(self._context.rooms, name)
        if found is None:
            raise ApiError(
                ErrorCode.PERSISTED_QUERY_NOT_IN_LIST, "Only documents that the operator has registered run here."
            )
        return found

    @property
    def _context(self) -> Context:
        return cast("Context", self.execution_context.context)


async def named(context: Context, extensions: dict[str, object] | None) -> str | None:
    """The text that a request without one names; None where it names none, or one that is not known."""
    name = _name(extensions or {})
    return None if name is None else await _known(context, name)


async def _known(context: Context, name: str) -> str | None:
    sent = context.documents.sent(context.caller.storefront_id, name)
    return sent or await context.documents.registered(context.rooms, name)


def _name(extensions: dict[str, object]) -> str | None:
    """The name in a request's extensions, if any: `documentId` first, then that of `persistedQuery`."""
    own = extensions.get(DOCUMENT_ID)
    if isinstance(own, str):
        return own.removeprefix(_PREFIX)
    asked = extensions.get("persistedQuery")
    if asked is None:
        return None
    if not isinstance(asked, dict) or not isinstance(asked.get("sha256Hash"), str):
        raise ApiError(ErrorCode.BAD_REQUEST, "`persistedQuery` has a `version` of 1 and a `sha256Hash`.")
    if asked.get("version") != 1:
        # clients know this one by its message: they send texts from then on
        raise ApiError(ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported")
    return str(asked["sha256Hash"]).lower()


def _checked(name: str, text: str) -> tuple[str, str]:
    """The name and the text that it is the hash of; BAD_REQUEST for another's, and no hash is made of a long one."""
    if len(text) > MAX_LENGTH:
        raise too_large("characters", MAX_LENGTH)
    if documents.digest(text) != name:
        raise ApiError(ErrorCode.BAD_REQUEST, "The hash is not the SHA-256 of the document that came with it.")
    return name, text
