"""pauseMembership: a member rests for a while."""

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
from api.scalars import DateTime
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import paid


@strawberry.input(description="Which paid membership, and until when.")
class PauseMembershipInput:
    """As loyalty.paid.pause."""

    paid_membership_id: strawberry.ID = strawberry.field(description="Which.")
    until: DateTime = strawberry.field(description="When the pause ends by itself.")


@error_codes("Why pauseMembership did nothing.")
class PauseMembershipErrorCode(Enum):
    """Every code of loyalty.paid.pause."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PAID_MEMBERSHIP_NOT_FOUND = "PAID_MEMBERSHIP_NOT_FOUND"
    NOT_NOW = "NOT_NOW"
    PAYMENT_PENDING = "PAYMENT_PENDING"
    PAUSE_OUT_OF_RANGE = "PAUSE_OUT_OF_RANGE"


@strawberry.type(description="The paid membership after it.")
class PauseMembershipPayload:
    """The paid membership, or why not."""

    paid_membership: PaidMembership | None = strawberry.field(description="It.")
    user_errors: list[UserError[PauseMembershipErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def pause_membership(
    info: Info, input: PauseMembershipInput, idempotency_key: IdempotencyKey = None
) -> PauseMembershipPayload:
    """Rest until an instant within 366 days: no benefits and no charge. What is left of the period comes after."""
    caller, paid_membership_id = info.context.caller, id_or_none_such("PaidMembership", input.paid_membership_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: paid.pause(
            session,
            paid_membership_id,
            until=input.until,
            customer_id=customer_of(session, caller),
        ),
    )
    if isinstance(outcome, Refusal):
        errors = user_errors(info, PauseMembershipErrorCode, outcome)
        return PauseMembershipPayload(paid_membership=None, user_errors=errors)
    found = await info.context.load(paid_by_ids, cast("int", outcome), own_or_all(info))
    return PauseMembershipPayload(paid_membership=cast("PaidMembership | None", found), user_errors=[])
