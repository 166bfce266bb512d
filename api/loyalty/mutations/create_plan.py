"""createPlan: what a paid program's membership can be bought as."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.mutations.plan_inputs import PlanTermsInput
from api.loyalty.paid_loaders import plans_by_ids
from api.loyalty.plan_types import MembershipPlan
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import plans
from loyalty.plan_drafts import PlanDraft


@strawberry.input(description="A plan with its price and what it gives.")
class CreatePlanInput:
    """As loyalty.plans.create."""

    program_id: strawberry.ID = strawberry.field(description="A program of kind PAID.")
    handle: str = strawberry.field(description="Small letters, digits and hyphens; unique in the program. It stays.")
    months: int = strawberry.field(description="How many months the price is for: 1, 12, or any up to 120. It stays.")
    terms: PlanTermsInput = strawberry.field(description="What can change later.")


@error_codes("Why createPlan did nothing.")
class CreatePlanErrorCode(Enum):
    """Every code of loyalty.plans.create."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PROGRAM_NOT_FOUND = "PROGRAM_NOT_FOUND"
    WRONG_KIND = "WRONG_KIND"
    PLAN_HANDLE_TAKEN = "PLAN_HANDLE_TAKEN"
    INVALID_HANDLE = "INVALID_HANDLE"
    INVALID_CODE = "INVALID_CODE"
    INVALID_TEXT = "INVALID_TEXT"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    UNUSED_FIELD = "UNUSED_FIELD"


@strawberry.type(description="The new plan.")
class CreatePlanPayload:
    """The plan, or why not."""

    plan: MembershipPlan | None = strawberry.field(description="It, to be started from now on.")
    user_errors: list[UserError[CreatePlanErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def create_plan(info: Info, input: CreatePlanInput, idempotency_key: IdempotencyKey = None) -> CreatePlanPayload:
    """Offer a plan of a paid program from now on."""
    program_id = id_or_none_such("Program", input.program_id)
    draft = PlanDraft(program_id=program_id, handle=input.handle, months=input.months, terms=input.terms.terms())
    outcome = await write(info, input, idempotency_key, lambda session: plans.create(session, draft))
    if isinstance(outcome, Refusal):
        return CreatePlanPayload(plan=None, user_errors=user_errors(info, CreatePlanErrorCode, outcome))
    found = await info.context.load(plans_by_ids, cast("int", outcome))
    return CreatePlanPayload(plan=cast("MembershipPlan | None", found), user_errors=[])
