"""publishProgram: a draft or a pilot is there for everybody."""

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


@strawberry.input(description="The draft or pilot to publish.")
class PublishProgramInput:
    """As loyalty.lifecycle.publish."""

    program_id: strawberry.ID = strawberry.field(description="The program.")


@error_codes("Why publishProgram did nothing.", ILLEGAL_TRANSITION=NOT_FROM_HERE)
class PublishProgramErrorCode(Enum):
    """Every code of loyalty.lifecycle.publish."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PROGRAM_NOT_FOUND = "PROGRAM_NOT_FOUND"
    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"


@strawberry.type(description="The program where it stands now.")
class PublishProgramPayload:
    """The program, or why not."""

    program: Program | None = strawberry.field(description="It.")
    user_errors: list[UserError[PublishProgramErrorCode]] = strawberry.field(description="Empty when it is live.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def publish_program(
    info: Info, input: PublishProgramInput, idempotency_key: IdempotencyKey = None
) -> PublishProgramPayload:
    """Have everybody see and join a draft or a pilot. Who has joined the pilot stays a member."""
    program_id = id_or_none_such("Program", input.program_id)
    outcome = await write(info, input, idempotency_key, lambda session: lifecycle.publish(session, program_id))
    if isinstance(outcome, Refusal):
        return PublishProgramPayload(program=None, user_errors=user_errors(info, PublishProgramErrorCode, outcome))
    found = await info.context.load(programs_by_ids, cast("int", outcome))
    return PublishProgramPayload(program=cast("Program | None", found), user_errors=[])
