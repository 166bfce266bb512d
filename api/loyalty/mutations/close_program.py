"""closeProgram: a last day for spending, after which nothing is left."""

from datetime import date
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


@strawberry.input(description="The program to close, and when.")
class CloseProgramInput:
    """As loyalty.lifecycle.close."""

    program_id: strawberry.ID = strawberry.field(description="The program.")
    last_day: date = strawberry.field(
        description="The last day on which points can be spent, in the program's zone; after today."
    )


@error_codes("Why closeProgram did nothing.", ILLEGAL_TRANSITION=NOT_FROM_HERE)
class CloseProgramErrorCode(Enum):
    """Every code of loyalty.lifecycle.close."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PROGRAM_NOT_FOUND = "PROGRAM_NOT_FOUND"
    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"
    DATE_NOT_AHEAD = "DATE_NOT_AHEAD"


@strawberry.type(description="The program where it stands now.")
class CloseProgramPayload:
    """The program, or why not."""

    program: Program | None = strawberry.field(description="It.")
    user_errors: list[UserError[CloseProgramErrorCode]] = strawberry.field(description="Empty when it is closing.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def close_program(
    info: Info, input: CloseProgramInput, idempotency_key: IdempotencyKey = None
) -> CloseProgramPayload:
    """Close a program: nobody joins or earns any more, and points can be spent through the last day."""
    program_id = id_or_none_such("Program", input.program_id)
    outcome = await write(
        info, input, idempotency_key, lambda session: lifecycle.close(session, program_id, last_day=input.last_day)
    )
    if isinstance(outcome, Refusal):
        return CloseProgramPayload(program=None, user_errors=user_errors(info, CloseProgramErrorCode, outcome))
    found = await info.context.load(programs_by_ids, cast("int", outcome))
    return CloseProgramPayload(program=cast("Program | None", found), user_errors=[])
