"""changeTiers: a running program gets other tiers, and nobody goes down before their date."""

from enum import Enum
from typing import cast

import strawberry
from sqlmodel import Session

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import programs_by_ids
from api.loyalty.mutations.tier_inputs import TierPlanInput
from api.loyalty.program_types import Program
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import tier_changes


@strawberry.input(description="The program, and all its tiers as they are to be.")
class ChangeTiersInput:
    """As loyalty.tier_changes.change."""

    program_id: strawberry.ID = strawberry.field(description="The program.")
    revision: int = strawberry.field(description="The program's `revision` that was read; a later one conflicts.")
    tiers: list[TierPlanInput] = strawberry.field(
        description="Lowest first; a present one that is left out is retired."
    )


@error_codes("Why changeTiers did nothing.")
class ChangeTiersErrorCode(Enum):
    """Every code of loyalty.tier_changes.change."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PROGRAM_NOT_FOUND = "PROGRAM_NOT_FOUND"
    CONFLICT = "CONFLICT"
    TIER_NOT_FOUND = "TIER_NOT_FOUND"
    TIER_NAME_TAKEN = "TIER_NAME_TAKEN"
    INVALID_CODE = "INVALID_CODE"
    INVALID_TEXT = "INVALID_TEXT"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    UNUSED_FIELD = "UNUSED_FIELD"


@strawberry.type(description="The program where it stands now.")
class ChangeTiersPayload:
    """The program, or why not."""

    program: Program | None = strawberry.field(description="It.")
    user_errors: list[UserError[ChangeTiersErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def change_tiers(
    info: Info, input: ChangeTiersInput, idempotency_key: IdempotencyKey = None
) -> ChangeTiersPayload:
    """Change a program's tiers. Members keep theirs until its date; who meets a higher one goes up."""
    program_id = id_or_none_such("Program", input.program_id)
    plans = [tier.plan() for tier in input.tiers]

    def change(session: Session) -> int | Refusal:
        return tier_changes.change(session, program_id, plans, version=input.revision)

    outcome = await write(info, input, idempotency_key, change)
    if isinstance(outcome, Refusal):
        return ChangeTiersPayload(program=None, user_errors=user_errors(info, ChangeTiersErrorCode, outcome))
    found = await info.context.load(programs_by_ids, cast("int", outcome))
    return ChangeTiersPayload(program=cast("Program | None", found), user_errors=[])
