"""startMembership: a member begins a plan, on trial or by a first payment."""

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
from api.scalars import MinorUnits
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import paid
from loyalty.paid import StartDraft


@strawberry.input(description="A plan, and what the customer was shown of it.")
class StartMembershipInput:
    """As loyalty.paid.start."""

    plan_id: strawberry.ID = strawberry.field(description="The plan.")
    price_minor: MinorUnits = strawberry.field(description="The price as it was shown to the customer.")
    with_trial: bool = strawberry.field(default=False, description="Whether to begin with the plan's trial.")


@error_codes("Why startMembership did nothing.")
class StartMembershipErrorCode(Enum):
    """Every code of loyalty.paid.start."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PLAN_NOT_FOUND = "PLAN_NOT_FOUND"
    PROGRAM_ENDED = "PROGRAM_ENDED"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    PRICE_CHANGED = "PRICE_CHANGED"
    NO_TRIAL = "NO_TRIAL"
    TRIAL_USED = "TRIAL_USED"
    PAYMENT_METHOD_REQUIRED = "PAYMENT_METHOD_REQUIRED"
    ALREADY_PAID_MEMBER = "ALREADY_PAID_MEMBER"


@strawberry.type(description="The paid membership after it.")
class StartMembershipPayload:
    """The paid membership, or why not."""

    paid_membership: PaidMembership | None = strawberry.field(description="It.")
    user_errors: list[UserError[StartMembershipErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def start_membership(
    info: Info, input: StartMembershipInput, idempotency_key: IdempotencyKey = None
) -> StartMembershipPayload:
    """Start a plan, as a member of its program.

    On trial nothing is charged before the trial ends; without it, benefits begin with the payment.
    """
    caller, plan_id = info.context.caller, id_or_none_such("MembershipPlan", input.plan_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: paid.start(
            session, StartDraft(customer_of(session, caller), plan_id, input.price_minor, input.with_trial)
        ),
    )
    if isinstance(outcome, Refusal):
        errors = user_errors(info, StartMembershipErrorCode, outcome)
        return StartMembershipPayload(paid_membership=None, user_errors=errors)
    found = await info.context.load(paid_by_ids, cast("int", outcome), own_or_all(info))
    return StartMembershipPayload(paid_membership=cast("PaidMembership | None", found), user_errors=[])
