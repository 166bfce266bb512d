"""changeMembershipPlan: a member takes another plan of the same program."""

from enum import Enum
from typing import cast

import strawberry

from api.callers import customer_of
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.paid_loaders import paid_by_ids
from api.loyalty.paid_types import PaidMembership
from api.loyalty.seeing import own_or_all
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import paid


@strawberry.input(description="Which paid membership, and the plan to have.")
class ChangeMembershipPlanInput:
    """As loyalty.paid.change_plan."""

    paid_membership_id: strawberry.ID = strawberry.field(description="Which.")
    plan_id: strawberry.ID = strawberry.field(description="The plan to have.")


@error_codes("Why changeMembershipPlan did nothing.")
class ChangeMembershipPlanErrorCode(Enum):
    """Every code of loyalty.paid.change_plan."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PAID_MEMBERSHIP_NOT_FOUND = "PAID_MEMBERSHIP_NOT_FOUND"
    PLAN_NOT_FOUND = "PLAN_NOT_FOUND"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    NOT_NOW = "NOT_NOW"
    PAYMENT_PENDING = "PAYMENT_PENDING"
    PAYMENT_METHOD_REQUIRED = "PAYMENT_METHOD_REQUIRED"


@strawberry.type(description="The paid membership after it.")
class ChangeMembershipPlanPayload:
    """The paid membership, or why not."""

    paid_membership: PaidMembership | None = strawberry.field(description="It.")
    user_errors: list[UserError[ChangeMembershipPlanErrorCode]] = strawberry.field(
        description="Empty when it was done."
    )


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def change_membership_plan(
    info: Info, input: ChangeMembershipPlanInput, idempotency_key: IdempotencyKey = None
) -> ChangeMembershipPlanPayload:
    """Take another plan.

    A dearer one begins at once, less the unused rest of the present period; any other with the next period. The
    present plan takes a change back that waits.
    """
    caller, paid_membership_id = info.context.caller, id_or_none_such("PaidMembership", input.paid_membership_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: paid.change_plan(
            session,
            paid_membership_id,
            plan_id=id_or_none_such("MembershipPlan", input.plan_id),
            customer_id=customer_of(session, caller),
        ),
    )
    if isinstance(outcome, Refusal):
        errors = user_errors(info, ChangeMembershipPlanErrorCode, outcome)
        return ChangeMembershipPlanPayload(paid_membership=None, user_errors=errors)
    found = await info.context.load(paid_by_ids, cast("int", outcome), own_or_all(info))
    return ChangeMembershipPlanPayload(paid_membership=cast("PaidMembership | None", found), user_errors=[])
