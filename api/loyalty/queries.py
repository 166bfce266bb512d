"""Loyalty's root fields: programs for everybody, memberships and referrals for staff."""

from typing import Annotated, cast

import strawberry

from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.fields import field
from api.loyalty.loaders import memberships_of, programs_by_ids
from api.loyalty.paid_loaders import entitlements_of
from api.loyalty.paid_types import HeldEntitlement, MembershipPayment
from api.loyalty.preset_types import ProgramPreset
from api.loyalty.preview_types import TierPreviewQuery
from api.loyalty.program_types import Program
from api.loyalty.referral_types import Referral, ReferralTerms
from api.loyalty.types import Membership
from api.nodes import id_or_none_such
from core.identity import Permission
from core.paging import Page
from loyalty import presets, referral_terms
from loyalty.queries import balances, catalogue, passbook, payments
from loyalty.queries import referrals as referral_queries
from loyalty.tables import PUBLIC
from publishing import surrogate_keys


@strawberry.type
class LoyaltyQuery(TierPreviewQuery):
    """The part of Query that loyalty answers."""

    @field(requires=Permission.READ_PUBLIC, shared=True)
    async def programs(self, info: Info, first: First = 10, after: After = None) -> Connection[Program]:
        """All programs that everybody may know of, oldest first, ended ones too."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        info.context.provenance.note_list(surrogate_keys.PROGRAMS)
        page = await info.context.read(catalogue.programs_page, first=size, after=key, states=PUBLIC)
        return connection(Program, page, after=after)

    @field(requires=Permission.MANAGE_LOYALTY)
    async def program_presets(self, info: Info) -> list[ProgramPreset]:
        """Programs ready to run: whose mechanics each is modelled on, its sources, and what is illustrative."""
        return [ProgramPreset.of(preset) for preset in presets.presets()]

    @field(requires=Permission.MANAGE_LOYALTY)
    async def managed_programs(self, info: Info, first: First = 10, after: After = None) -> Connection[Program]:
        """All programs, oldest first, drafts and pilots too."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        page = await info.context.rooms.read(catalogue.programs_page, first=size, after=key)
        return connection(Program, page, after=after)

    @field(requires=Permission.READ_MEMBERS)
    async def memberships(
        self,
        info: Info,
        first: First = 10,
        after: After = None,
        customer_id: Annotated[
            strawberry.ID | None, strawberry.argument(description="Only this customer's, all on one page.")
        ] = None,
    ) -> Connection[Membership]:
        """Everybody's memberships, oldest first. One's own are in `viewer`."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        if customer_id is not None:
            rows = await info.context.read_once(memberships_of, id_or_none_such("Customer", customer_id))
            return connection(Membership, Page(rows, [(row.id,) for row in rows], has_next=False), after=after)
        page = await info.context.rooms.read(balances.page, first=size, after=key)
        return connection(Membership, page, after=after)

    @field(requires=Permission.READ_MEMBERS)
    async def entitlements(
        self,
        info: Info,
        customer_id: Annotated[strawberry.ID, strawberry.argument(description="Whose.")],
    ) -> list[HeldEntitlement]:
        """What a customer is entitled to now, to be asked at order time. One's own are in `viewer`."""
        held = await info.context.read_once(entitlements_of, id_or_none_such("Customer", customer_id))
        return [HeldEntitlement.of(each) for each in held]

    @field(requires=Permission.MANAGE_LOYALTY)
    async def due_payments(self, info: Info, first: First = 10, after: After = None) -> Connection[MembershipPayment]:
        """The payments of paid memberships whose outcome is not known, oldest first: asked for and not reported."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        page = await info.context.rooms.read(payments.undecided_page, first=size, after=key)
        return connection(MembershipPayment, page, after=after)

    @field(requires=Permission.READ_MEMBERS)
    async def referrals(self, info: Info, first: First = 10, after: After = None) -> Connection[Referral]:
        """Everybody's referrals, newest first. One's own are in `viewer`."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        page = await info.context.rooms.read(passbook.referrals_page, None, first=size, after=key)
        return connection(Referral, page, after=after)

    @field(requires=Permission.READ_MEMBERS)
    async def referral_queue(self, info: Info, first: First = 10, after: After = None) -> Connection[Referral]:
        """The referrals that wait for a person's decision, oldest first."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        page = await info.context.rooms.read(referral_queries.flagged_page, first=size, after=key)
        return connection(Referral, page, after=after)

    @field(requires=Permission.MANAGE_LOYALTY)
    async def referral_terms(
        self, info: Info, program_id: Annotated[strawberry.ID, strawberry.argument(description="The program.")]
    ) -> ReferralTerms | None:
        """How a program treats its referrals; null for a program that is not there."""
        number = id_or_none_such("Program", program_id)
        if await info.context.load(programs_by_ids, number) is None:
            return None
        return ReferralTerms.of(await info.context.rooms.read(referral_terms.of, number))
