"""recordBenefitUse: the shop tells that an order was given a benefit."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.paid_loaders import paid_by_ids
from api.loyalty.paid_types import PaidMembership
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import entitlements
from loyalty.plan_drafts import Entitlement
from loyalty.tables import EntitlementKind


@strawberry.input(description="An order and what it was given.")
class RecordBenefitUseInput:
    """As loyalty.entitlements.note_use."""

    order_id: strawberry.ID = strawberry.field(description="The order, recorded before.")
    kind: EntitlementKind = strawberry.field(description="What it was given.")
    code: str | None = strawberry.field(default=None, description="CONTENT: which.")


@error_codes("Why recordBenefitUse did nothing.")
class RecordBenefitUseErrorCode(Enum):
    """Every code of loyalty.entitlements.note_use."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    ORDER_NOT_FOUND = "ORDER_NOT_FOUND"
    NOT_ENTITLED = "NOT_ENTITLED"


@strawberry.type(description="Whose benefit it was.")
class RecordBenefitUsePayload:
    """The paid membership, or why not."""

    paid_membership: PaidMembership | None = strawberry.field(description="The paid membership that gives it.")
    user_errors: list[UserError[RecordBenefitUseErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def record_benefit_use(
    info: Info, input: RecordBenefitUseInput, idempotency_key: IdempotencyKey = None
) -> RecordBenefitUsePayload:
    """Note that an order was given what a plan gives.

    From the first on, the period's money does not come back in full. Safe to repeat.
    """
    order_id = id_or_none_such("Order", input.order_id)
    benefit = Entitlement(kind=input.kind, code=input.code)
    outcome = await write(
        info, input, idempotency_key, lambda session: entitlements.note_use(session, order_id=order_id, benefit=benefit)
    )
    if isinstance(outcome, Refusal):
        return RecordBenefitUsePayload(
            paid_membership=None, user_errors=user_errors(info, RecordBenefitUseErrorCode, outcome)
        )
    found = await info.context.load(paid_by_ids, cast("int", outcome), None)
    return RecordBenefitUsePayload(paid_membership=cast("PaidMembership | None", found), user_errors=[])
