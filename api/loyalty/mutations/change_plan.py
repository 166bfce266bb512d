"""changePlan: other terms of a plan, or none to be had any more."""

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


@strawberry.input(description="A plan and its terms from now on.")
class ChangePlanInput:
    """As loyalty.plans.change."""

    plan_id: strawberry.ID = strawberry.field(description="The plan.")
    version: int = strawberry.field(description="Its version as read; a later one conflicts.")
    terms: PlanTermsInput = strawberry.field(description="All its terms from now on.")
    active: bool = strawberry.field(default=True, description="False: nobody can start it; members go on.")


@error_codes("Why changePlan did nothing.")
class ChangePlanErrorCode(Enum):
    """Every code of loyalty.plans.change."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PLAN_NOT_FOUND = "PLAN_NOT_FOUND"
    CONFLICT = "CONFLICT"
    INVALID_CODE = "INVALID_CODE"
    INVALID_TEXT = "INVALID_TEXT"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    UNUSED_FIELD = "UNUSED_FIELD"


@strawberry.type(description="The plan.")
class ChangePlanPayload:
    """The plan, or why not."""

    plan: MembershipPlan | None = strawberry.field(description="It, as it is now.")
    user_errors: list[UserError[ChangePlanErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def change_plan(info: Info, input: ChangePlanInput, idempotency_key: IdempotencyKey = None) -> ChangePlanPayload:
    """Give a plan other terms.

    A lower price holds from each member's next renewal; a higher one is told to each and needs their consent.
    """
    plan_id, terms = id_or_none_such("MembershipPlan", input.plan_id), input.terms.terms()
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: plans.change(session, plan_id, version=input.version, terms=terms, active=input.active),
    )
    if isinstance(outcome, Refusal):
        return ChangePlanPayload(plan=None, user_errors=user_errors(info, ChangePlanErrorCode, outcome))
    found = await info.context.load(plans_by_ids, cast("int", outcome))
    return ChangePlanPayload(plan=cast("MembershipPlan | None", found), user_errors=[])
