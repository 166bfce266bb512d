"""changeTerms: a program's terms have another version."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import programs_by_ids
from api.loyalty.program_types import Program
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import programs


@strawberry.input(description="The program, and what its terms are called from now on.")
class ChangeTermsInput:
    """As loyalty.programs.change_terms."""

    program_id: strawberry.ID = strawberry.field(description="The program.")
    terms_version: str = strawberry.field(description="A version that the program has never had.")


@error_codes("Why changeTerms did nothing.")
class ChangeTermsErrorCode(Enum):
    """Every code of loyalty.programs.change_terms."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PROGRAM_NOT_FOUND = "PROGRAM_NOT_FOUND"
    TERMS_VERSION_TAKEN = "TERMS_VERSION_TAKEN"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    INVALID_TEXT = "INVALID_TEXT"


@strawberry.type(description="The program where it stands now.")
class ChangeTermsPayload:
    """The program, or why not."""

    program: Program | None = strawberry.field(description="It.")
    user_errors: list[UserError[ChangeTermsErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def change_terms(
    info: Info, input: ChangeTermsInput, idempotency_key: IdempotencyKey = None
) -> ChangeTermsPayload:
    """Change what joining agrees to. Members keep their terms until they accept; `terms.changed` is told."""
    program_id, version = id_or_none_such("Program", input.program_id), input.terms_version
    outcome = await write(
        info, input, idempotency_key, lambda session: programs.change_terms(session, program_id, version)
    )
    if isinstance(outcome, Refusal):
        return ChangeTermsPayload(program=None, user_errors=user_errors(info, ChangeTermsErrorCode, outcome))
    found = await info.context.load(programs_by_ids, cast("int", outcome))
    return ChangeTermsPayload(program=cast("Program | None", found), user_errors=[])
