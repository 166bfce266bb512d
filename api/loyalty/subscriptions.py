"""What loyalty tells as it happens: a customer's own points and tiers."""

from collections.abc import AsyncGenerator, Sequence
from enum import StrEnum
from typing import cast

import strawberry

from api.audience import seen_by
from api.context import Info
from api.enums import described
from api.fields import subscription
from api.loyalty.loaders import entries_by_ids, memberships_by_ids, memberships_of
from api.loyalty.types import LedgerEntry, Membership
from api.streams.feed import Topic
from api.streams.watching import Watch, watch
from core.identity import Permission
from core.outbox import Event
from loyalty.events import LoyaltyEvent

# the id of no customer: whoever has no row yet has no points
_NOBODY = 0


@seen_by(Permission.ACT_AS_CUSTOMER)
@strawberry.type(description="A member's points have moved.")
class BalanceChange:
    """A payload, read when it is told."""

    membership: Membership = strawberry.field(description="The membership, with what it holds now.")
    entry: LedgerEntry | None = strawberry.field(
        description="The movement; null when the subscription has only now come to know of the membership."
    )


class _Balances(Watch[BalanceChange]):
    def topics(self) -> frozenset[Topic]:
        return frozenset({Topic(LoyaltyEvent.POINTS_MOVED, "customerId", self.context.caller.customer_id or _NOBODY)})

    async def tell(self, event: Event) -> BalanceChange | None:
        customer_id = self.context.caller.customer_id
        membership = await self.context.load(memberships_by_ids, cast("int", event.payload["membershipId"]))
        if membership is None or customer_id is None or membership.customer_id != customer_id:
            return None
        entry = await self.context.load(entries_by_ids, cast("int", event.payload["entryId"]), customer_id)
        return _change(membership, entry)

    async def catch_up(self) -> Sequence[BalanceChange]:
        # a customer's row is made at their first write, which may be after they began to listen
        customer_id = self.context.caller.customer_id
        if customer_id is None:
            return ()
        return [_change(each, None) for each in await self.context.read_once(memberships_of, customer_id)]


def _change(membership: object, entry: object) -> BalanceChange:
    return BalanceChange(membership=cast("Membership", membership), entry=cast("LedgerEntry | None", entry))


class TierMove(StrEnum):
    """Which of loyalty.events' four it was."""

    REACHED = "REACHED"
    PROLONGED = "PROLONGED"
    WARNED = "WARNED"
    LOWERED = "LOWERED"


described(
    TierMove,
    description="What has happened to a member's tier.",
    values={
        "REACHED": "They have reached a tier, or a higher one.",
        "PROLONGED": "They keep their tier for one more term.",
        "WARNED": "Their tier ends soon, and what counts so far would not keep it.",
        "LOWERED": "They have fallen to a lower tier, or below every one.",
    },
)


@seen_by(Permission.ACT_AS_CUSTOMER)
@strawberry.type(description="A member's tier has changed, is prolonged or ends soon.")
class TierChange:
    """A payload; where they stand is read when it is told."""

    move: TierMove = strawberry.field(description="What has happened.")
    membership: Membership = strawberry.field(description="The membership, with the tier it has now.")


_MOVES = {
    LoyaltyEvent.TIER_REACHED: TierMove.REACHED,
    LoyaltyEvent.TIER_PROLONGED: TierMove.PROLONGED,
    LoyaltyEvent.TIER_WARNED: TierMove.WARNED,
    LoyaltyEvent.TIER_LOWERED: TierMove.LOWERED,
}


class _Tiers(Watch[TierChange]):
    def topics(self) -> frozenset[Topic]:
        customer_id = self.context.caller.customer_id or _NOBODY
        return frozenset(Topic(name, "customerId", customer_id) for name in _MOVES)

    async def tell(self, event: Event) -> TierChange | None:
        customer_id = self.context.caller.customer_id
        membership = await self.context.load(memberships_by_ids, cast("int", event.payload["membershipId"]))
        if membership is None or customer_id is None or membership.customer_id != customer_id:
            return None
        return _tier_change(membership, _MOVES[LoyaltyEvent(event.name)])

    async def catch_up(self) -> Sequence[TierChange]:
        # whoever had no row had no tier either: the one they have by now, they have reached
        customer_id = self.context.caller.customer_id
        if customer_id is None:
            return ()
        found = await self.context.read_once(memberships_of, customer_id)
        return [_tier_change(each, TierMove.REACHED) for each in found if each.standing is not None]


def _tier_change(membership: object, move: TierMove) -> TierChange:
    return TierChange(move=move, membership=cast("Membership", membership))


@strawberry.type
class LoyaltySubscription:
    """The part of Subscription that loyalty answers."""

    @subscription(requires=Permission.ACT_AS_CUSTOMER)
    async def balance_changed(self, info: Info) -> AsyncGenerator[BalanceChange]:
        """Each movement of the caller's own points from now on, in any of their memberships."""
        return await watch(info, _Balances(info.context))

    @subscription(requires=Permission.ACT_AS_CUSTOMER)
    async def tier_changed(self, info: Info) -> AsyncGenerator[TierChange]:
        """Each tier that the caller reaches, keeps, is about to lose or falls to, in any of their memberships."""
        return await watch(info, _Tiers(info.context))
