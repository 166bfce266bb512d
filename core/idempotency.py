"""Writes that are safe to repeat: one stored answer per (caller, field, key). Natural keys are the rooms' own."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from sqlalchemy import JSON, Update, delete, tuple_, update
from sqlmodel import Field, Session, SQLModel, col, select

from core import clock, db
from core.refusal import Refusal, RefusalCode

# what a room function returns for a stored answer: an id, or a few named ids and codes
Answer: TypeAlias = int | str | Mapping[str, "int | str | None"] | None

KEPT = timedelta(hours=24)
MAX_KEY_LENGTH = 200


class IdempotencyCode(RefusalCode):
    """Why a repeated write cannot be answered."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"


class IdempotencyKey(SQLModel, table=True):
    """A key a caller has used for a mutation field, what was asked, and what was answered."""

    __tablename__ = "idempotency_key"

    caller: str = Field(primary_key=True)
    operation: str = Field(primary_key=True)
    key: str = Field(primary_key=True, max_length=MAX_KEY_LENGTH)
    input_hash: str
    answer: dict[str, object] | None = Field(default=None, sa_type=JSON)
    created_at: datetime = Field(sa_type=db.Instant, index=True)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try of a write: who, which mutation field, under which key, with which input."""

    caller: str
    operation: str
    key: str
    input_hash: str


def fingerprint(value: object) -> str:
    """A hash that is the same for inputs that are equal as JSON (keys sorted; dates and ids as text)."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


def once(session: Session, attempt: Attempt, act: Callable[[], Answer | Refusal]) -> Answer | Refusal:
    """Run `act` unless this key was answered before; then give the stored answer.

    The key is written first and in the effect's own transaction: a twin waits for it, then finds the answer. Same key
    with other input: IDEMPOTENCY_CONFLICT. A Refusal stores nothing, since its transaction is rolled back. A key older
    than KEPT is a new one, whether or not the night has dropped it.
    """
    row = {
        "caller": attempt.caller,
        "operation": attempt.operation,
        "key": attempt.key,
        "input_hash": attempt.input_hash,
        "created_at": clock.now(),
    }
    if not db.insert_once(session, IdempotencyKey, row) and not _takes_over(session, attempt):
        return _stored(session, attempt)
    outcome = act()
    if not isinstance(outcome, Refusal):
        session.flush()
        session.connection().execute(_mine(attempt).values(answer={"value": outcome}))
    return outcome


def forget_old(session: Session, *, limit: int) -> int:
    """Drop up to `limit` keys older than KEPT; returns how many."""
    key = (col(IdempotencyKey.caller), col(IdempotencyKey.operation), col(IdempotencyKey.key))
    old = select(*key).where(col(IdempotencyKey.created_at) < clock.now() - KEPT).limit(limit)
    return db.changed_rows(session, delete(IdempotencyKey).where(tuple_(*key).in_(old)))


def _takes_over(session: Session, attempt: Attempt) -> bool:
    # one UPDATE: of two who come a day later, one meets the old row and the other waits for its answer
    now = clock.now()
    old = _mine(attempt).where(col(IdempotencyKey.created_at) < now - KEPT)
    return db.changed_rows(session, old.values(input_hash=attempt.input_hash, created_at=now, answer=None)) == 1


def _stored(session: Session, attempt: Attempt) -> Answer | Refusal:
    row = session.get_one(IdempotencyKey, (attempt.caller, attempt.operation, attempt.key))
    if row.input_hash != attempt.input_hash:
        return Refusal(IdempotencyCode.IDEMPOTENCY_CONFLICT, ("idempotencyKey",))
    answer = (row.answer or {}).get("value")
    return answer  # type: ignore[return-value]  # written by `once`, so it has an Answer's shape


def _mine(attempt: Attempt) -> Update:
    return update(IdempotencyKey).where(
        col(IdempotencyKey.caller) == attempt.caller,
        col(IdempotencyKey.operation) == attempt.operation,
        col(IdempotencyKey.key) == attempt.key,
    )
