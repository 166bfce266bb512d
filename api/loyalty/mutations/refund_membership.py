"""refundMembership: a member ends it and has the period's money back."""

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


@strawberry.input(description="Which paid membership.")
class RefundMembershipInput:
    """As loyalty.paid.refund."""

    paid_membership_id: strawberry.ID = strawberry.field(description="Which.")


@error_codes("Why refundMembership did nothing.")
class RefundMembershipErrorCode(Enum):
    """Every code of loyalty.paid.refund."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PAID_MEMBERSHIP_NOT_FOUND = "PAID_MEMBERSHIP_NOT_FOUND"
    NOT_NOW = "NOT_NOW"
    NOTHING_PAID = "NOTHING_PAID"
    BENEFIT_USED = "BENEFIT_USED"


@strawberry.type(description="The paid membership after it.")
class RefundMembershipPayload:
    """The paid membership, or why not."""

    paid_membership: PaidMembership | None = strawberry.field(description="It.")
    user_errors: list[UserError[RefundMembershipErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def refund_membership(
    info: Info, input: RefundMembershipInput, idempotency_key: IdempotencyKey = None
) -> RefundMembershipPayload:
    """End it now and have all back that was charged for the present period, provided that no benefit was used in it."""
    caller, paid_membership_id = info.context.caller, id_or_none_such("PaidMembership", input.paid_membership_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: paid.refund(session, paid_membership_id, customer_id=customer_of(session, caller)),
    )
    if isinstance(outcome, Refusal):
        errors = user_errors(info, RefundMembershipErrorCode, outcome)
        return RefundMembershipPayload(paid_membership=None, user_errors=errors)
    found = await info.context.load(paid_by_ids, cast("int", outcome), own_or_all(info))
    return RefundMembershipPayload(paid_membership=cast("PaidMembership | None", found), user_errors=[])
