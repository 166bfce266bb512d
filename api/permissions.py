"""Kinds of caller and permissions as the contract tells them. Who has which is core.identity's."""

from api.enums import described
from core.identity import CallerKind, Permission

__all__ = ["CallerKind", "Permission"]

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
        "CHECK_PAGES": "Have the shop's own pages checked.",
        "MANAGE_SHOP": "Tell of products, customers, orders and refunds; storefronts with their keys and tokens.",
        "MANAGE_STAFF": "Draw and revoke service keys.",
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
