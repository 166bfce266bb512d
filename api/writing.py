"""How a mutation writes: one transaction, under an idempotency key when the caller sends one."""

import dataclasses
from collections.abc import Callable
from typing import Annotated, TypeAlias

import strawberry
from graphql import FieldNode
from sqlmodel import Session

from api.context import Info
from api.error_codes import ErrorCode
from api.errors import ApiError, bad_input
from core import idempotency
from core.db import BusyError
from core.idempotency import MAX_KEY_LENGTH, Answer, Attempt
from core.refusal import Refusal
from shop import customers

IdempotencyKey: TypeAlias = Annotated[
    str | None,
    strawberry.argument(
        description="Any text of up to 200 characters, new for each intended act: a repeat with the same input gets "
        "the stored answer for 24 hours. The header Idempotency-Key does the same for a single mutation."
    ),
]
_HEADER = "idempotency-key"


async def write(
    info: Info, input: object, idempotency_key: str | None, act: Callable[[Session], Answer | Refusal]
) -> Answer | Refusal:
    """Run `act` in one write transaction; under a key, at most once for the same caller, field and input."""
    key = idempotency_key if idempotency_key is not None else _header_key(info)
    if key is None:
        outcome = await _write(info, act)
    else:
        if not 0 < len(key) <= MAX_KEY_LENGTH or not key.isprintable():
            raise bad_input(f"An idempotency key has 1 to {MAX_KEY_LENGTH} printable characters.")
        attempt = Attempt(
            caller=info.context.caller.key,
            operation=info.field_name,
            key=key,
            input_hash=idempotency.fingerprint(_plain(input)),
        )
        outcome = await _once(info, attempt, act)
    info.context.forget_loaded()
    await _know_customer(info)
    return outcome


async def _write(info: Info, act: Callable[[Session], Answer | Refusal]) -> Answer | Refusal:
    try:
        return await info.context.rooms.write(act)
    except BusyError as busy:
        message = "The database was busy for too long, and nothing was written. Send the same again."
        raise ApiError(ErrorCode.TIMEOUT, message) from busy


async def _once(info: Info, attempt: Attempt, act: Callable[[Session], Answer | Refusal]) -> Answer | Refusal:
    try:
        return await info.context.rooms.write(lambda session: idempotency.once(session, attempt, lambda: act(session)))
    except BusyError as busy:
        # nothing was written: what holds the lock may be this key's twin, whose answer will be the stored one
        raise ApiError(
            ErrorCode.IDEMPOTENCY_IN_PROGRESS,
            "A request with this idempotency key is still running. Send the same again.",
        ) from busy


async def _know_customer(info: Info) -> None:
    """A customer's row is made at their first write; from then on the request knows whose it is."""
    caller = info.context.caller
    if caller.customer_id is None and caller.customer_external_id and caller.storefront_id:
        found = await info.context.rooms.read(
            customers.of_external_id, caller.storefront_id, caller.customer_external_id
        )
        info.context.caller = dataclasses.replace(caller, customer_id=found)


def _header_key(info: Info) -> str | None:
    request = info.context.request
    key = request.headers.get(_HEADER) if request is not None else None
    if key is not None and _mutation_fields(info) > 1:
        raise bad_input("The header Idempotency-Key goes with a single mutation. Use the idempotencyKey arguments.")
    return key


def _mutation_fields(info: Info) -> int:
    raw = info._raw_info
    # a fragment spread may hold any number of fields: count it as several
    return sum(1 if isinstance(part, FieldNode) else 2 for part in raw.operation.selection_set.selections)


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {name: _plain(part) for name, part in vars(value).items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return None if value is strawberry.UNSET else value
