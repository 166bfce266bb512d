"""previewTierChange: what other tiers would move. Computing it is loyalty.tier_changes', doing it changeTiers'."""

from enum import Enum
from typing import Annotated, cast

import strawberry

from api.audience import seen_by
from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.enums import described, error_codes
from api.fields import field
from api.loyalty import loaders
from api.loyalty.mutations.tier_inputs import TierPlanInput
from api.loyalty.types import Membership
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.scalars import DateTime
from core.identity import Permission
from core.paging import Page
from core.refusal import Refusal
from loyalty import tier_changes
from loyalty.tier_changes import Move, Preview


class TierDirection(Enum):
    """Which way a member would go."""

    UP = "UP"
    DOWN = "DOWN"


described(
    TierDirection,
    description="Which way a member would go.",
    values={
        "UP": "To a higher tier, at their next act or in the night.",
        "DOWN": "To a lower one, when their present term is over and nothing more counts.",
    },
)


@error_codes("Why there is no preview.")
class PreviewTierChangeErrorCode(Enum):
    """Every code of loyalty.tier_changes.preview."""

    PROGRAM_NOT_FOUND = "PROGRAM_NOT_FOUND"
    TIER_NOT_FOUND = "TIER_NOT_FOUND"
    TIER_NAME_TAKEN = "TIER_NAME_TAKEN"
    INVALID_CODE = "INVALID_CODE"
    INVALID_TEXT = "INVALID_TEXT"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    UNUSED_FIELD = "UNUSED_FIELD"


@seen_by(Permission.MANAGE_LOYALTY)
@strawberry.type(description="How many members a tier has, and would have by what counts now.")
class TierHeadcount:
    """One name of a Preview's two counts."""

    tier: str | None = strawberry.field(description="Its name; null: below every tier.")
    now: int = strawberry.field(description="Members who have it.")
    following: int = strawberry.field(description="Members whose credits would reach it.")


@seen_by(Permission.MANAGE_LOYALTY)
@strawberry.type(description="A member who would go up, or down.")
class TierPreviewMove:
    """A loyalty.tier_changes.Move."""

    move: strawberry.Private[Move]

    @field()
    async def membership(self, info: Info) -> Membership | None:
        """Whose."""
        return cast("Membership | None", await info.context.load(loaders.memberships_by_ids, self.move.membership_id))

    @field()
    def former(self) -> str | None:
        """The name of the tier they have; null below every one."""
        return self.move.former

    @field()
    def following(self) -> str | None:
        """The name of the tier that what counts would reach."""
        return self.move.following

    @field()
    def direction(self) -> TierDirection:
        """Which way."""
        return TierDirection.UP if self.move.is_up else TierDirection.DOWN

    @field()
    def at(self) -> DateTime | None:
        """DOWN: when their present term ends; null where it has no end yet, which the change gives it."""
        return cast("DateTime | None", self.move.at)


@seen_by(Permission.MANAGE_LOYALTY)
@strawberry.type(description="What other tiers would bring, by what counts now. Nothing is written.")
class TierPreview:
    """A loyalty.tier_changes.Preview."""

    found: strawberry.Private[Preview]

    @field()
    def up(self) -> int:
        """How many would go up."""
        return sum(move.is_up for move in self.found.moves)

    @field()
    def down(self) -> int:
        """How many would go down once their terms are over."""
        return sum(not move.is_up for move in self.found.moves)

    @field()
    def is_complete(self) -> bool:
        """Whether all members were looked at: 20,000 at most are, the oldest first."""
        return self.found.is_complete

    @field()
    def tiers(self) -> list[TierHeadcount]:
        """Members by tier, before and after."""
        now, following = self.found.now, self.found.following
        names = dict.fromkeys([*now, *following])
        return [TierHeadcount(tier=name, now=now[name], following=following[name]) for name in names]

    @field()
    def moves(self, first: First = 10, after: After = None) -> Connection[TierPreviewMove]:
        """Who moves, the oldest member first."""
        size, key = page_size(first), place(after, int)
        beyond = int(key[0]) if key else 0
        rest = [TierPreviewMove(move=move) for move in self.found.moves if move.membership_id > beyond]
        page = Page.cut(rest[: size + 1], first=size, key=lambda each: (each.move.membership_id,))
        return connection(TierPreviewMove, page, after=after)


@seen_by(Permission.MANAGE_LOYALTY)
@strawberry.type(description="What previewTierChange answers.")
class PreviewTierChangePayload:
    """The preview, or why there is none."""

    preview: TierPreview | None = strawberry.field(description="It.")
    user_errors: list[UserError[PreviewTierChangeErrorCode]] = strawberry.field(description="Empty when there is one.")


@strawberry.type
class TierPreviewQuery:
    """The part of Query that tells what a change of tiers would bring."""

    @field(requires=Permission.MANAGE_LOYALTY)
    async def preview_tier_change(
        self,
        info: Info,
        program_id: Annotated[strawberry.ID, strawberry.argument(description="The program.")],
        tiers: Annotated[list[TierPlanInput], strawberry.argument(description="All its tiers as they are to be.")],
    ) -> PreviewTierChangePayload:
        """What changeTiers would bring: who goes up, and who goes down when their term is over."""
        plans = [tier.plan() for tier in tiers]
        program = id_or_none_such("Program", program_id)
        found = await info.context.rooms.read(tier_changes.preview, program, plans)
        if isinstance(found, Refusal):
            return PreviewTierChangePayload(
                preview=None, user_errors=user_errors(info, PreviewTierChangeErrorCode, found)
            )
        return PreviewTierChangePayload(preview=TierPreview(found=found), user_errors=[])
