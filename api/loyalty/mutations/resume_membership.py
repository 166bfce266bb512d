"""resumeMembership: a member takes a cancellation back, or ends a pause."""

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
class ResumeMembershipInput:
    """As loyalty.paid.resume."""

    paid_membership_id: strawberry.ID = strawberry.field(description="Which.")


@error_codes("Why resumeMembership did nothing.")
class ResumeMembershipErrorCode(Enum):
    """Every code of loyalty.paid.resume."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PAID_MEMBERSHIP_NOT_FOUND = "PAID_MEMBERSHIP_NOT_FOUND"
    NOT_NOW = "NOT_NOW"


@strawberry.type(description="The paid membership after it.")
class ResumeMembershipPayload:
    """The paid membership, or why not."""

    paid_membership: PaidMembership | None = strawberry.field(description="It.")
    user_errors: list[UserError[ResumeMembershipErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def resume_membership(
    info: Info, input: ResumeMembershipInput, idempotency_key: IdempotencyKey = None
) -> ResumeMembershipPayload:
    """Take a cancellation back before it takes effect, or end a pause."""
    caller, paid_membership_id = info.context.caller, id_or_none_such("PaidMembership", input.paid_membership_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: paid.resume(session, paid_membership_id, customer_id=customer_of(session, caller)),
    )
    if isinstance(outcome, Refusal):
        errors = user_errors(info, ResumeMembershipErrorCode, outcome)
        return ResumeMembershipPayload(paid_membership=None, user_errors=errors)
    found = await info.context.load(paid_by_ids, cast("int", outcome), own_or_all(info))
    return ResumeMembershipPayload(paid_membership=cast("PaidMembership | None", found), user_errors=[])
