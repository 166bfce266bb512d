"""inviteToProgram: customers who may see and join a program before the others."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import programs_by_ids
from api.loyalty.mutations.program_moves import NOT_FROM_HERE
from api.loyalty.program_types import Program
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import lifecycle


@strawberry.input(description="Who is invited to a draft or a pilot.")
class InviteToProgramInput:
    """As loyalty.lifecycle.invite."""

    program_id: strawberry.ID = strawberry.field(description="The program.")
    customer_ids: list[strawberry.ID] = strawberry.field(description="Whom, at most 200.")


@error_codes("Why inviteToProgram did nothing.", ILLEGAL_TRANSITION=NOT_FROM_HERE)
class InviteToProgramErrorCode(Enum):
    """Every code of loyalty.lifecycle.invite."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PROGRAM_NOT_FOUND = "PROGRAM_NOT_FOUND"
    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"
    CUSTOMER_NOT_FOUND = "CUSTOMER_NOT_FOUND"
    REQUIRED = "REQUIRED"
    TOO_MANY = "TOO_MANY"


@strawberry.type(description="The program where it stands now.")
class InviteToProgramPayload:
    """The program, or why not."""

    program: Program | None = strawberry.field(description="It.")
    user_errors: list[UserError[InviteToProgramErrorCode]] = strawberry.field(description="Empty when all are.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def invite_to_program(
    info: Info, input: InviteToProgramInput, idempotency_key: IdempotencyKey = None
) -> InviteToProgramPayload:
    """Let these customers see and join a program before the others; a draft becomes a pilot."""
    program_id = id_or_none_such("Program", input.program_id)
    invited = [id_or_none_such("Customer", each) for each in input.customer_ids]
    outcome = await write(info, input, idempotency_key, lambda session: lifecycle.invite(session, program_id, invited))
    if isinstance(outcome, Refusal):
        return InviteToProgramPayload(program=None, user_errors=user_errors(info, InviteToProgramErrorCode, outcome))
    found = await info.context.load(programs_by_ids, cast("int", outcome))
    return InviteToProgramPayload(program=cast("Program | None", found), user_errors=[])
