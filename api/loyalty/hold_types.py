"""Points held for a cart as the API shows them, to their member and to staff who may."""

from typing import cast

import strawberry

from api.audience import seen_by
from api.context import Info
from api.enums import described
from api.fields import field
from api.loyalty import loaders
from api.loyalty.seeing import MEMBER_AND_STAFF, own_or_all
from api.loyalty.types import Membership
from api.nodes import Node
from api.root import node_type
from api.scalars import DateTime
from loyalty import tables
from loyalty.tables import HoldState

described(
    HoldState,
    name="HoldState",
    description="What has become of points that were put aside for a cart.",
    values={
        "HELD": "They wait for its order.",
        "COMMITTED": "An order was paid with them.",
        "RELEASED": "All of them went back.",
    },
)


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="Points put aside for a cart.")
class PointsHold(Node):
    """A loyalty.tables.PointsHold."""

    cart: str = strawberry.field(description="The shop's own name for the cart.")
    requested: int = strawberry.field(description="How many points the member wished to spend.")
    points: int = strawberry.field(description="How many were put aside.")
    committed: int = strawberry.field(description="How many of them paid for the order; the others went back.")
    state: HoldState = strawberry.field(description="What has become of them.")
    held_at: DateTime = strawberry.field(description="When they were put aside.")
    expires_at: DateTime = strawberry.field(description="When they go back unless an order was paid with them.")

    @field()
    async def membership(self, info: Info) -> Membership | None:
        """Whose they are, with the points that are left."""
        membership_id = cast("tables.PointsHold", self).membership_id
        return cast("Membership | None", await info.context.load(loaders.memberships_by_ids, membership_id))


@node_type("PointsHold")
async def find_hold(info: Info, number: int) -> object | None:
    """The caller's own, or any for those who may read members."""
    return await info.context.load(loaders.holds_by_ids, number, own_or_all(info))
