"""viewer.memberships, entitlements, referrals and invitations: the caller's own, found by who they are."""

from typing import cast

import strawberry

from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.fields import field
from api.loyalty.loaders import memberships_of, pilots_of
from api.loyalty.paid_loaders import entitlements_of
from api.loyalty.paid_types import HeldEntitlement
from api.loyalty.program_types import Program
from api.loyalty.referral_types import Referral
from api.loyalty.types import Membership
from core.identity import Permission
from core.paging import Page
from loyalty.queries import passbook


@strawberry.type
class LoyaltyViewer:
    """The part of Viewer that its memberships make."""

    @field(requires=Permission.ACT_AS_CUSTOMER)
    async def memberships(self, info: Info) -> list[Membership]:
        """The caller's memberships, oldest first: at most one a program."""
        customer_id = info.context.caller.customer_id
        if customer_id is None:
            return []
        return cast("list[Membership]", await info.context.read_once(memberships_of, customer_id))

    @field(requires=Permission.ACT_AS_CUSTOMER)
    async def entitlements(self, info: Info) -> list[HeldEntitlement]:
        """What the caller's paid memberships entitle them to now."""
        customer_id = info.context.caller.customer_id
        held = await info.context.read_once(entitlements_of, customer_id) if customer_id is not None else []
        return [HeldEntitlement.of(each) for each in held]

    @field(requires=Permission.ACT_AS_CUSTOMER)
    async def referrals(self, info: Info, first: First = 10, after: After = None) -> Connection[Referral]:
        """The friends the caller has brought, newest first; who they are is theirs to tell."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        customer_id = info.context.caller.customer_id
        if customer_id is None:
            return connection(Referral, Page(items=(), keys=(), has_next=False), after=after)
        page = await info.context.rooms.read(passbook.referrals_page, customer_id, first=size, after=key)
        return connection(Referral, page, after=after)

    @field(requires=Permission.ACT_AS_CUSTOMER)
    async def invitations(self, info: Info) -> list[Program]:
        """The programs in pilot that the caller was invited to, joined or not, oldest first."""
        customer_id = info.context.caller.customer_id
        if customer_id is None:
            return []
        return cast("list[Program]", await info.context.read_once(pilots_of, customer_id))
