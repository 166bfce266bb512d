"""createServiceKey: a key for one of the merchant's systems, shown once."""

from datetime import timedelta
from enum import Enum
from typing import cast

import strawberry
from sqlmodel import Session

from api.context import Info
from api.enums import error_codes
from api.errors import bad_input
from api.fields import mutation
from api.keys.types import ServiceKey
from api.payloads import UserError, user_errors
from api.permissions import Permission
from api.writing import IdempotencyKey, write
from core import accounts
from core.refusal import Refusal

_MOST_DAYS = 3650


@strawberry.input(description="What the key is for, and what it may do.")
class CreateServiceKeyInput:
    """As core.accounts.create_service_key."""

    name: str = strawberry.field(description="What the merchant calls the system; up to 120 characters.")
    scopes: list[Permission] = strawberry.field(
        description="READ_PUBLIC, READ_REVIEWS, READ_MEMBERS, MANAGE_LOYALTY or MANAGE_SHOP."
    )
    days: int | None = strawberry.field(
        default=None, description="How many days it is good for, 1 to 3,650; left out, until it is revoked."
    )

    def life(self) -> timedelta | None:
        """How long it is good for; BAD_USER_INPUT for no such length."""
        if self.days is None:
            return None
        if not 1 <= self.days <= _MOST_DAYS:
            raise bad_input(f"days must lie between 1 and {_MOST_DAYS}.")
        return timedelta(days=self.days)


@error_codes("Why createServiceKey did nothing.")
class CreateServiceKeyErrorCode(Enum):
    """Every code of core.accounts.create_service_key."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    INVALID_NAME = "INVALID_NAME"
    UNKNOWN_SCOPE = "UNKNOWN_SCOPE"


@strawberry.type(description="The new key.")
class CreateServiceKeyPayload:
    """The key's text and what is kept of it, or why not."""

    text: str | None = strawberry.field(
        description="The key, `sk_...`, shown this once. Null when the same idempotency key is sent again: only a hash "
        "of it is kept."
    )
    service_key: ServiceKey | None = strawberry.field(description="What is kept of it.")
    user_errors: list[UserError[CreateServiceKeyErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_STAFF)
async def create_service_key(
    info: Info, input: CreateServiceKeyInput, idempotency_key: IdempotencyKey = None
) -> CreateServiceKeyPayload:
    """Draw a key for one of the merchant's systems. Its text is in this answer and nowhere else."""
    life, drawn = input.life(), list[str]()

    def act(session: Session) -> int | Refusal:
        made = accounts.create_service_key(session, name=input.name, scopes=input.scopes, life=life)
        drawn[:] = [] if isinstance(made, Refusal) else [made[1]]
        return made if isinstance(made, Refusal) else made[0].id

    outcome = await write(info, input, idempotency_key, act)
    if isinstance(outcome, Refusal):
        errors = user_errors(info, CreateServiceKeyErrorCode, outcome)
        return CreateServiceKeyPayload(text=None, service_key=None, user_errors=errors)
    row = await info.context.rooms.read(accounts.service_key, cast("int", outcome))
    kept = ServiceKey.of(row) if row is not None else None
    return CreateServiceKeyPayload(text=drawn[0] if drawn else None, service_key=kept, user_errors=[])
