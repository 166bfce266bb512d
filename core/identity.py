"""Who is asking, and what they may do. How a request proves it is the doors'; rooms receive plain ids."""

from dataclasses import dataclass, field
from enum import StrEnum

from core.customer_tokens import CustomerClaims


class CallerKind(StrEnum):
    """The five kinds of caller.

    - ANONYMOUS: no key at all.
    - VISITOR: a storefront's publishable key and nobody signed in.
    - CUSTOMER: the same with a customer token.
    - STAFF: a person of the merchant's, by console session or staff token.
    - SERVICE: the merchant's own systems, by service key.
    """

    ANONYMOUS = "ANONYMOUS"
    VISITOR = "VISITOR"
    CUSTOMER = "CUSTOMER"
    STAFF = "STAFF"
    SERVICE = "SERVICE"


class Permission(StrEnum):
    """What a caller may be allowed. A service key's scopes are permissions by the same names."""

    READ_PUBLIC = "READ_PUBLIC"
    ACT_AS_CUSTOMER = "ACT_AS_CUSTOMER"
    READ_REVIEWS = "READ_REVIEWS"
    MODERATE = "MODERATE"
    READ_MEMBERS = "READ_MEMBERS"
    MANAGE_LOYALTY = "MANAGE_LOYALTY"
    CHECK_PAGES = "CHECK_PAGES"
    MANAGE_SHOP = "MANAGE_SHOP"
    MANAGE_STAFF = "MANAGE_STAFF"


class Role(StrEnum):
    """A staff account's role: one list of permissions, ROLE_PERMISSIONS."""

    ADMIN = "ADMIN"
    MODERATOR = "MODERATOR"
    MARKETER = "MARKETER"
    SEO = "SEO"


_STAFF = frozenset({Permission.READ_PUBLIC})
ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.ADMIN: frozenset(Permission) - {Permission.ACT_AS_CUSTOMER},
    Role.MODERATOR: _STAFF | {Permission.READ_REVIEWS, Permission.MODERATE},
    # programs and their members, and what became of the reviews that campaigns asked for
    Role.MARKETER: _STAFF | {Permission.READ_REVIEWS, Permission.READ_MEMBERS, Permission.MANAGE_LOYALTY},
    # why a review is, or is not, on a page: reading, never deciding
    Role.SEO: _STAFF | {Permission.READ_REVIEWS, Permission.CHECK_PAGES},
}
SCOPES: frozenset[Permission] = frozenset(
    {
        Permission.READ_PUBLIC,
        Permission.READ_REVIEWS,
        Permission.READ_MEMBERS,
        Permission.CHECK_PAGES,
        Permission.MANAGE_SHOP,
        Permission.MANAGE_LOYALTY,
    }
)


@dataclass(frozen=True, slots=True)
class Caller:
    """One request's caller.

    `customer_external_id` is the token's subject: its customer row may not exist before the first write.
    """

    kind: CallerKind
    permissions: frozenset[Permission] = field(default_factory=frozenset)
    storefront_id: int | None = None
    customer_id: int | None = None
    customer_external_id: str | None = None
    claims: CustomerClaims | None = None
    staff_id: int | None = None
    service_key_id: int | None = None
    locale: str = "en"
    zone: str = "UTC"

    def may(self, permission: Permission) -> bool:
        """Whether the caller holds `permission`."""
        return permission in self.permissions

    @property
    def key(self) -> str:
        """What an idempotency key is unique per: the same person, key or system again."""
        if self.kind is CallerKind.CUSTOMER:
            return f"customer:{self.storefront_id}:{self.customer_external_id}"
        if self.kind is CallerKind.STAFF:
            return f"staff:{self.staff_id}"
        if self.kind is CallerKind.SERVICE:
            return f"service:{self.service_key_id}"
        return f"visitor:{self.storefront_id}"


ANONYMOUS = Caller(CallerKind.ANONYMOUS)
