"""`viewer`: who is asking. What the rooms know of the caller is added by their own parts, as base classes."""

import strawberry

from api.audience import seen_by
from api.context import Info
from api.enums import described
from api.fields import field
from api.loyalty.viewer_fields import LoyaltyViewer
from api.shop.viewer_fields import ShopViewer
from api.ugc.viewer_fields import WritingViewer
from core.identity import CallerKind, Permission

described(
    Permission,
    name="Permission",
    description="What a caller may be allowed; also a service key's scopes.",
    values={
        "READ_PUBLIC": "Read what every visitor may see.",
        "ACT_AS_CUSTOMER": "Review, upload, join, redeem and refer as oneself. No service key has it.",
        "READ_REVIEWS": "Read reviews that are not public, their cases and the queues.",
        "MODERATE": "Decide on reviews and photos.",
        "READ_MEMBERS": "Read customers, memberships, orders and referrals.",
        "MANAGE_LOYALTY": "Create and change programs, adjust points.",
        "MANAGE_SHOP": "Tell of products, customers, orders and refunds.",
        "MANAGE_STAFF": "Manage the staff's accounts.",
    },
)
described(
    CallerKind,
    name="CallerKind",
    description="The kinds of caller.",
    values={
        "ANONYMOUS": "No key at all.",
        "VISITOR": "A storefront's publishable key, and nobody signed in.",
        "CUSTOMER": "The same with a customer's token.",
        "STAFF": "A person of the merchant's.",
        "SERVICE": "The merchant's own systems, by service key.",
    },
)


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
