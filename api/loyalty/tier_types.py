"""Tiers as the API shows them, to everybody: what reaches them, for how long, and what they bring."""

from typing import cast

import strawberry

from api.audience import seen_by
from api.context import Info
from api.enums import described
from api.fields import field
from api.loyalty import loaders
from api.nodes import Node
from api.sharing import shared
from core.identity import Permission
from loyalty import tables
from loyalty.tables import TierBasis, TierFall, TierTerm, TierWindow

described(
    TierBasis,
    name="TierBasis",
    description="What counts toward a tier.",
    values={
        "POINTS": "Qualifying points; spending them changes nothing.",
        "SPEND": "The money of paid orders that counts, in the program's minor units, less what came back.",
        "VISITS": "Nights, stays or visits that the shop records, and punches of a card.",
        "BALANCE": "The points that can be spent now: redeeming may cost the tier when its term ends.",
    },
)
described(
    TierWindow,
    name="TierWindow",
    description="The days whose credits count toward a tier.",
    values={
        "ROLLING": "The last months, as many as `tierWindowMonths`.",
        "CALENDAR_YEAR": "The calendar year.",
        "ANNIVERSARY": "The member's own year, which begins with the day of joining.",
        "LIFETIME": "All days since joining.",
    },
)
described(
    TierTerm,
    name="TierTerm",
    description="How long a tier lasts once reached.",
    values={
        "MONTHS": "As many months as `tierTermMonths`; prolonged from the old end.",
        "PERIOD_END": "To the end of the window's year.",
        "NEXT_PERIOD_END": "To the end of the year after the window's.",
        "YEARLY_DATE": "Through `tierTermDay` of `tierTermMonth`, `tierTermYears` after the year of reaching it.",
    },
)
described(
    TierFall,
    name="TierFall",
    description="Where a member lands whose tier has lapsed.",
    values={
        "ONE_LEVEL": "The next tier down.",
        "TO_EARNED": "The highest tier whose threshold is met.",
    },
)


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="A level that members reach by earning.")
class Tier(Node):
    """A loyalty.tables.Tier, or the tier of a balance's row, which has the first four fields alone."""

    name: str = strawberry.field(description="Its name.")
    position: int = strawberry.field(description="0 for the lowest; negative once it is retired.")
    threshold: int = strawberry.field(description="What reaches it, of the program's `tierBasis`.")
    multiplier_basis_points: int = strawberry.field(
        description="What points per amount are multiplied by: 10,000 is once, 12,500 one and a quarter."
    )

    @field(shared=True)
    async def or_threshold(self, info: Info) -> int | None:
        """What reaches it as well, of the program's `tierOrBasis`."""
        row = await _whole(info, self)
        return row.or_threshold if row else None

    @field(shared=True)
    async def never_downgrade(self, info: Info) -> bool:
        """Whether members keep it once reached; a return that undoes what reached it still takes it."""
        row = await _whole(info, self)
        return bool(row and row.never_downgrade)

    @field(shared=True)
    async def benefits(self, info: Info) -> list[str]:
        """Codes of what the shop gives its members, such as FREE_SHIPPING."""
        row = await _whole(info, self)
        return list(row.benefits) if row else []

    @field(shared=True)
    async def early_access_minutes(self, info: Info) -> int:
        """How much earlier than others its members may buy; 0: as everybody."""
        row = await _whole(info, self)
        return row.early_access_minutes if row else 0


async def _whole(info: Info, tier: Tier) -> tables.Tier | None:
    number = cast("tables.Tier", tier).id
    return await info.context.load(loaders.tiers_by_ids, number)
