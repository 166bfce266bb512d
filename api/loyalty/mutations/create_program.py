"""createProgram: a program with its rules, tiers and rewards, live at once or as a draft."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import programs_by_ids
from api.loyalty.mutations.program_inputs import CreateProgramInput
from api.loyalty.program_types import Program
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import programs


@error_codes("Why createProgram did nothing.")
class CreateProgramErrorCode(Enum):
    """Every code of loyalty.programs.create."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    HANDLE_TAKEN = "HANDLE_TAKEN"
    INVALID_CODE = "INVALID_CODE"
    INVALID_CURRENCY = "INVALID_CURRENCY"
    INVALID_DAY = "INVALID_DAY"
    INVALID_HANDLE = "INVALID_HANDLE"
    INVALID_TEXT = "INVALID_TEXT"
    INVALID_ZONE = "INVALID_ZONE"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    PRODUCT_NOT_FOUND = "PRODUCT_NOT_FOUND"
    REQUIRED = "REQUIRED"
    TERM_WITHOUT_YEAR = "TERM_WITHOUT_YEAR"
    TIER_NAME_TAKEN = "TIER_NAME_TAKEN"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    UNKNOWN_TIER = "UNKNOWN_TIER"
    UNUSED_FIELD = "UNUSED_FIELD"


@strawberry.type(description="The new program.")
class CreateProgramPayload:
    """The program, or why not."""

    program: Program | None = strawberry.field(description="It.")
    user_errors: list[UserError[CreateProgramErrorCode]] = strawberry.field(description="Empty when it was created.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def create_program(
    info: Info, input: CreateProgramInput, idempotency_key: IdempotencyKey = None
) -> CreateProgramPayload:
    """Create a program. It is created whole or not at all, live at once unless it is a draft."""
    draft = input.draft()
    outcome = await write(info, input, idempotency_key, lambda session: programs.create(session, draft))
    if isinstance(outcome, Refusal):
        return CreateProgramPayload(program=None, user_errors=user_errors(info, CreateProgramErrorCode, outcome))
    found = await info.context.load(programs_by_ids, cast("int", outcome))
    return CreateProgramPayload(program=cast("Program | None", found), user_errors=[])
