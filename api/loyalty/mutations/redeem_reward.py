"""redeemReward: a member takes a reward for points."""

from enum import Enum
from typing import cast

import strawberry

from api.callers import customer_of
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import memberships_by_ids, redemptions_by_ids
from api.loyalty.seeing import own_or_all
from api.loyalty.types import Membership, Redemption
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import rewards


@strawberry.input(description="The reward to take; the points are those of the customer who asks.")
class RedeemRewardInput:
    """One reward."""

    reward_id: strawberry.ID = strawberry.field(description="The reward.")


@error_codes("Why redeemReward did nothing.")
class RedeemRewardErrorCode(Enum):
    """Every code of loyalty.rewards.redeem."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    REWARD_NOT_FOUND = "REWARD_NOT_FOUND"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    NOT_ELIGIBLE = "NOT_ELIGIBLE"
    LIMIT_REACHED = "LIMIT_REACHED"
    NOT_ENOUGH_POINTS = "NOT_ENOUGH_POINTS"
    OUT_OF_STOCK = "OUT_OF_STOCK"


@strawberry.type(description="What was taken, and what is left.")
class RedeemRewardPayload:
    """The redemption, or why not."""

    redemption: Redemption | None = strawberry.field(description="It, with its code.")
    membership: Membership | None = strawberry.field(description="The membership with the points that are left.")
    user_errors: list[UserError[RedeemRewardErrorCode]] = strawberry.field(description="Empty when it was taken.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def redeem_reward(
    info: Info, input: RedeemRewardInput, idempotency_key: IdempotencyKey = None
) -> RedeemRewardPayload:
    """Take a reward for its cost in points. Send a key: a repeat without one takes another."""
    caller, reward_id = info.context.caller, id_or_none_such("Reward", input.reward_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: rewards.redeem(session, customer_id=customer_of(session, caller), reward_id=reward_id),
    )
    if isinstance(outcome, Refusal):
        errors = user_errors(info, RedeemRewardErrorCode, outcome)
        return RedeemRewardPayload(redemption=None, membership=None, user_errors=errors)
    taken = await info.context.load(redemptions_by_ids, cast("int", outcome), own_or_all(info))
    member = await info.context.load(memberships_by_ids, taken.membership_id) if taken else None
    return RedeemRewardPayload(
        redemption=cast("Redemption | None", taken), membership=cast("Membership | None", member), user_errors=[]
    )
