"""endProgram: nobody joins or earns any more; points can still be spent."""

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


@strawberry.input(description="The program to end.")
class EndProgramInput:
    """One program."""

    program_id: strawberry.ID = strawberry.field(description="The program.")


@error_codes("Why endProgram did nothing.", ILLEGAL_TRANSITION=NOT_FROM_HERE)
class EndProgramErrorCode(Enum):
    """Every code of loyalty.lifecycle.end."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PROGRAM_NOT_FOUND = "PROGRAM_NOT_FOUND"
    PROGRAM_ENDED = "PROGRAM_ENDED"
    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"


@strawberry.type(description="The program that has ended.")
class EndProgramPayload:
    """The program, or why not."""

    program: Program | None = strawberry.field(description="It.")
    user_errors: list[UserError[EndProgramErrorCode]] = strawberry.field(description="Empty when it has ended.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def end_program(info: Info, input: EndProgramInput, idempotency_key: IdempotencyKey = None) -> EndProgramPayload:
    """End a program for good. What members have earned stays theirs to spend."""
    program_id = id_or_none_such("Program", input.program_id)
    outcome = await write(info, input, idempotency_key, lambda session: lifecycle.end(session, program_id))
    if isinstance(outcome, Refusal):
        return EndProgramPayload(program=None, user_errors=user_errors(info, EndProgramErrorCode, outcome))
    found = await info.context.load(programs_by_ids, cast("int", outcome))
    return EndProgramPayload(program=cast("Program | None", found), user_errors=[])
