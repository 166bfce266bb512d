"""cancelMembership: a member does not want it renewed."""

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
class CancelMembershipInput:
    """As loyalty.paid.cancel."""

    paid_membership_id: strawberry.ID = strawberry.field(description="Which.")


@error_codes("Why cancelMembership did nothing.")
class CancelMembershipErrorCode(Enum):
    """Every code of loyalty.paid.cancel."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PAID_MEMBERSHIP_NOT_FOUND = "PAID_MEMBERSHIP_NOT_FOUND"
    NOT_NOW = "NOT_NOW"


@strawberry.type(description="The paid membership after it.")
class CancelMembershipPayload:
    """The paid membership, or why not."""

    paid_membership: PaidMembership | None = strawberry.field(description="It.")
    user_errors: list[UserError[CancelMembershipErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def cancel_membership(
    info: Info, input: CancelMembershipInput, idempotency_key: IdempotencyKey = None
) -> CancelMembershipPayload:
    """Have it not renewed. What is paid for, or the trial, lasts to its end; what is not paid for ends at once."""
    caller, paid_membership_id = info.context.caller, id_or_none_such("PaidMembership", input.paid_membership_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: paid.cancel(session, paid_membership_id, customer_id=customer_of(session, caller)),
    )
    if isinstance(outcome, Refusal):
        errors = user_errors(info, CancelMembershipErrorCode, outcome)
        return CancelMembershipPayload(paid_membership=None, user_errors=errors)
    found = await info.context.load(paid_by_ids, cast("int", outcome), own_or_all(info))
    return CancelMembershipPayload(paid_membership=cast("PaidMembership | None", found), user_errors=[])
