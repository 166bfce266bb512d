"""`viewer`: who is asking. What the rooms know of the caller is added by their own parts, as base classes."""

import strawberry

from api.audience import seen_by
from api.context import Info
from api.fields import field
from api.loyalty.viewer_fields import LoyaltyViewer
from api.permissions import CallerKind, Permission
from api.shop.viewer_fields import ShopViewer
from api.ugc.viewer_fields import WritingViewer


@seen_by(Permission.READ_PUBLIC)
@strawberry.type(description="The caller's own corner.")
class Viewer(LoyaltyViewer, ShopViewer, WritingViewer):
    """Add a room's part as a base class: `class Viewer(LoyaltyViewer)`."""

    @field()
    def kind(self, info: Info) -> CallerKind:
        """Which kind of caller this request comes from."""
        return info.context.caller.kind

    @field()
    def permissions(self, info: Info) -> list[Permission]:
        """What this caller may do, so that a user interface need not copy our rules."""
        return sorted(info.context.caller.permissions)


@strawberry.type
class ViewerQuery:
    """The part of Query that says who is asking."""

    @field(requires=Permission.READ_PUBLIC)
    def viewer(self) -> Viewer:
        """Who is asking, what they may do, and what is theirs."""
        return Viewer()
