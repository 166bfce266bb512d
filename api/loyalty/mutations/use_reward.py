"""useReward: the shop's server tells that an order used a redeemed reward's code."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import redemptions_by_ids
from api.loyalty.types import Redemption
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import rewards


@strawberry.input(description="A code and the order that used it.")
class UseRewardInput:
    """As loyalty.rewards.use."""

    code: str = strawberry.field(description="The redemption's code, however it was typed.")
    order_id: strawberry.ID = strawberry.field(description="The order, recorded before.")


@error_codes("Why useReward did nothing.")
class UseRewardErrorCode(Enum):
    """Every code of loyalty.rewards.use."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    CODE_NOT_VALID = "CODE_NOT_VALID"
    EXPIRED = "EXPIRED"


@strawberry.type(description="The redemption that was used.")
class UseRewardPayload:
    """The redemption, or why not."""

    redemption: Redemption | None = strawberry.field(description="It.")
    user_errors: list[UserError[UseRewardErrorCode]] = strawberry.field(description="Empty when it was noted.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def use_reward(info: Info, input: UseRewardInput, idempotency_key: IdempotencyKey = None) -> UseRewardPayload:
    """Note that an order used a code: if the order comes back, so do the points. Safe to repeat."""
    order_id = id_or_none_such("Order", input.order_id)
    outcome = await write(
        info, input, idempotency_key, lambda session: rewards.use(session, code=input.code, order_id=order_id)
    )
    if isinstance(outcome, Refusal):
        return UseRewardPayload(redemption=None, user_errors=user_errors(info, UseRewardErrorCode, outcome))
    found = await info.context.load(redemptions_by_ids, cast("int", outcome), None)
    return UseRewardPayload(redemption=cast("Redemption | None", found), user_errors=[])
