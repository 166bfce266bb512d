"""revokeServiceKey: a key is refused from its next request."""

from enum import Enum
from typing import cast

import strawberry
from sqlmodel import Session

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.keys.types import TYPE_NAME, ServiceKey
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core import accounts
from core.accounts import AccountRefusal
from core.identity import Permission
from core.refusal import Refusal


@strawberry.input(description="Which key.")
class RevokeServiceKeyInput:
    """A key."""

    service_key_id: strawberry.ID = strawberry.field(description="The key's id.")


@error_codes("Why revokeServiceKey did nothing.")
class RevokeServiceKeyErrorCode(Enum):
    """Every code of revoking a key."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    KEY_NOT_FOUND = "KEY_NOT_FOUND"


@strawberry.type(description="The key that is refused from now on.")
class RevokeServiceKeyPayload:
    """The key, or why not."""

    service_key: ServiceKey | None = strawberry.field(description="The key.")
    user_errors: list[UserError[RevokeServiceKeyErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_STAFF)
async def revoke_service_key(
    info: Info, input: RevokeServiceKeyInput, idempotency_key: IdempotencyKey = None
) -> RevokeServiceKeyPayload:
    """Refuse a key from its next request on."""
    number = id_or_none_such(TYPE_NAME, input.service_key_id)

    def act(session: Session) -> int | Refusal:
        done = accounts.revoke_service_key(session, number)
        return number if done else Refusal(AccountRefusal.KEY_NOT_FOUND, ("serviceKeyId",))

    outcome = await write(info, input, idempotency_key, act)
    if isinstance(outcome, Refusal):
        errors = user_errors(info, RevokeServiceKeyErrorCode, outcome)
        return RevokeServiceKeyPayload(service_key=None, user_errors=errors)
    row = await info.context.rooms.read(accounts.service_key, cast("int", outcome))
    return RevokeServiceKeyPayload(service_key=ServiceKey.of(row) if row is not None else None, user_errors=[])
