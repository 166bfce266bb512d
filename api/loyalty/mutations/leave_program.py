"""leaveProgram: a member leaves, and what was earned goes."""

from enum import Enum
from typing import cast

import strawberry

from api.callers import customer_of
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import memberships_by_ids
from api.loyalty.types import Membership
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import memberships


@strawberry.input(description="The program to leave.")
class LeaveProgramInput:
    """As loyalty.memberships.leave; whose membership is who asks."""

    program_id: strawberry.ID = strawberry.field(description="The program.")


@error_codes("Why leaveProgram did nothing.")
class LeaveProgramErrorCode(Enum):
    """Every code of loyalty.memberships.leave."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    NOT_A_MEMBER = "NOT_A_MEMBER"


@strawberry.type(description="The membership after it.")
class LeaveProgramPayload:
    """The membership, or why not."""

    membership: Membership | None = strawberry.field(description="It.")
    user_errors: list[UserError[LeaveProgramErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def leave_program(
    info: Info, input: LeaveProgramInput, idempotency_key: IdempotencyKey = None
) -> LeaveProgramPayload:
    """Leave a program. Points left are forfeited, codes of rewards stay good; joining again starts anew."""
    caller, program_id = info.context.caller, id_or_none_such("Program", input.program_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: memberships.leave(session, customer_id=customer_of(session, caller), program_id=program_id),
    )
    if isinstance(outcome, Refusal):
        return LeaveProgramPayload(membership=None, user_errors=user_errors(info, LeaveProgramErrorCode, outcome))
    found = await info.context.load(memberships_by_ids, cast("int", outcome))
    return LeaveProgramPayload(membership=cast("Membership | None", found), user_errors=[])
