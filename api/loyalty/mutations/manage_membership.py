"""manageMembership: staff act for a member who asks them to."""

from enum import Enum, StrEnum
from typing import cast

import strawberry
from sqlmodel import Session

from api.context import Info
from api.enums import described, error_codes
from api.fields import mutation
from api.loyalty.paid_loaders import paid_by_ids
from api.loyalty.paid_types import PaidMembership
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.scalars import DateTime
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import paid
from loyalty.refusals import LoyaltyRefusal


class MembershipAct(StrEnum):
    """What staff can do for a member."""

    CANCEL = "CANCEL"
    RESUME = "RESUME"
    PAUSE = "PAUSE"
    CHANGE_PLAN = "CHANGE_PLAN"
    REFUND = "REFUND"


described(
    MembershipAct,
    description="What staff can do for a member.",
    values={
        "CANCEL": "As cancelMembership.",
        "RESUME": "As resumeMembership.",
        "PAUSE": "As pauseMembership, to `until`.",
        "CHANGE_PLAN": "As changeMembershipPlan, to `planId`.",
        "REFUND": "As refundMembership; when a benefit was used, the unused part.",
    },
)


@strawberry.input(description="Which paid membership, and what to do.")
class ManageMembershipInput:
    """As loyalty.paid."""

    paid_membership_id: strawberry.ID = strawberry.field(description="Which.")
    act: MembershipAct = strawberry.field(description="What to do.")
    until: DateTime | None = strawberry.field(default=None, description="PAUSE: when it ends by itself.")
    plan_id: strawberry.ID | None = strawberry.field(default=None, description="CHANGE_PLAN: the plan to have.")


@error_codes("Why manageMembership did nothing.")
class ManageMembershipErrorCode(Enum):
    """Every code of loyalty.paid."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PAID_MEMBERSHIP_NOT_FOUND = "PAID_MEMBERSHIP_NOT_FOUND"
    NOT_NOW = "NOT_NOW"
    PAYMENT_PENDING = "PAYMENT_PENDING"
    PAUSE_OUT_OF_RANGE = "PAUSE_OUT_OF_RANGE"
    PLAN_NOT_FOUND = "PLAN_NOT_FOUND"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    PAYMENT_METHOD_REQUIRED = "PAYMENT_METHOD_REQUIRED"
    NOTHING_PAID = "NOTHING_PAID"
    REQUIRED = "REQUIRED"


@strawberry.type(description="The paid membership after it.")
class ManageMembershipPayload:
    """The paid membership, or why not."""

    paid_membership: PaidMembership | None = strawberry.field(description="It.")
    user_errors: list[UserError[ManageMembershipErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def manage_membership(
    info: Info, input: ManageMembershipInput, idempotency_key: IdempotencyKey = None
) -> ManageMembershipPayload:
    """Act on a member's paid membership at their wish. Staff also give the unused part back when a benefit was used."""
    paid_id = id_or_none_such("PaidMembership", input.paid_membership_id)
    outcome = await write(info, input, idempotency_key, lambda session: _done(session, paid_id, input))
    if isinstance(outcome, Refusal):
        return ManageMembershipPayload(
            paid_membership=None, user_errors=user_errors(info, ManageMembershipErrorCode, outcome)
        )
    found = await info.context.load(paid_by_ids, cast("int", outcome), None)
    return ManageMembershipPayload(paid_membership=cast("PaidMembership | None", found), user_errors=[])


def _done(session: Session, paid_id: int, input: ManageMembershipInput) -> int | Refusal:
    match input.act:
        case MembershipAct.CANCEL:
            return paid.cancel(session, paid_id, customer_id=None)
        case MembershipAct.RESUME:
            return paid.resume(session, paid_id, customer_id=None)
        case MembershipAct.REFUND:
            return paid.refund(session, paid_id, customer_id=None)
        case MembershipAct.PAUSE if input.until is not None:
            return paid.pause(session, paid_id, until=input.until, customer_id=None)
        case MembershipAct.CHANGE_PLAN if input.plan_id is not None:
            plan_id = id_or_none_such("MembershipPlan", input.plan_id)
            return paid.change_plan(session, paid_id, plan_id=plan_id, customer_id=None)
    return Refusal(LoyaltyRefusal.REQUIRED, ("until" if input.act is MembershipAct.PAUSE else "planId",))
