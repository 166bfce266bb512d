"""Paid memberships, their payments and entitlements as the API shows them, to their member and to staff who may."""

from typing import cast

import strawberry

from api.audience import seen_by
from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.enums import described
from api.fields import field
from api.loyalty import loaders, paid_loaders
from api.loyalty.plan_types import MembershipPlan, PlanEntitlement
from api.loyalty.seeing import MEMBER_AND_STAFF, own_or_all
from api.nodes import Node
from api.root import node_type
from api.scalars import DateTime, Money
from core import clock, ids, money
from core.identity import Permission
from loyalty import entitlements, plans, tables
from loyalty.entitlements import Held
from loyalty.queries import payments
from loyalty.tables import EndReason, PaidState, PaymentKind, PaymentState

described(
    PaidState,
    name="PaidMembershipState",
    description="Where a paid membership stands.",
    values={
        "STARTING": "The first payment is waited for; nothing is given yet.",
        "TRIALING": "On trial; charged when it ends.",
        "ACTIVE": "Paid for.",
        "PAST_DUE": "A charge was refused or not answered; benefits last until the grace is over.",
        "CANCELLING": "Paid for, or on trial, and not renewed.",
        "PAUSED": "At rest; nothing is given or charged.",
        "LAPSED": "Over, since nobody paid.",
        "ENDED": "Over.",
    },
)
described(
    EndReason,
    name="PaidMembershipEnd",
    description="Why a paid membership is over.",
    values={
        "CANCELLED": "Its member, or staff, cancelled it.",
        "PAYMENT_FAILED": "Nothing on file paid.",
        "REFUNDED": "Its money was given back.",
        "PRICE_NOT_ACCEPTED": "The member did not consent to a higher price.",
        "NOT_ELIGIBLE": "The member no longer held what the plan asks for.",
        "PROGRAM_ENDED": "The program renews nobody any more.",
    },
)
described(
    PaymentKind,
    name="MembershipPaymentKind",
    description="What a payment is for.",
    values={
        "START": "A first period without a trial.",
        "RENEWAL": "A further period, or the first after a trial.",
        "CHANGE": "A dearer plan, now.",
        "REFUND": "Money back.",
    },
)
described(
    PaymentState,
    name="MembershipPaymentState",
    description="What became of a payment.",
    values={
        "OPEN": "Nobody was asked yet.",
        "ASKED": "The provider was asked; its answer is not known.",
        "PAID": "The money has moved.",
        "FAILED": "It was refused.",
        "WITHDRAWN": "It was not needed any more, and nobody was asked.",
    },
)


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="Something that a customer is entitled to now.")
class HeldEntitlement:
    """A loyalty.entitlements.Held."""

    kind: tables.EntitlementKind = strawberry.field(description="What.")
    amount: int | None = strawberry.field(description="How much, by kind.")
    code: str | None = strawberry.field(description="CONTENT: which.")
    until: DateTime = strawberry.field(description="To when it is paid for; a renewal carries it on.")
    paid_membership_id: strawberry.ID = strawberry.field(description="The paid membership that gives it.")

    @classmethod
    def of(cls, held: Held) -> "HeldEntitlement":
        """As the room says it."""
        given = held.entitlement
        public_id = strawberry.ID(ids.to_public("PaidMembership", held.paid_id))
        return cls(
            kind=given.kind,
            amount=given.amount,
            code=given.code,
            until=cast("DateTime", held.until),
            paid_membership_id=public_id,
        )


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="One attempt to take money for a paid membership, or to give it back.")
class MembershipPayment(Node):
    """A loyalty.tables.MembershipPayment."""

    kind: PaymentKind = strawberry.field(description="What it is for.")
    state: PaymentState = strawberry.field(description="What became of it.")
    period_no: int = strawberry.field(description="Which period of the paid membership, from 1.")
    attempt: int | None = strawberry.field(description="The how-manieth try for the period; null for a refund.")
    failure: str | None = strawberry.field(description="Why it was refused, as the provider calls it.")
    period_start: DateTime = strawberry.field(description="From when it pays for the plan.")
    period_end: DateTime = strawberry.field(description="Until when.")
    created_at: DateTime = strawberry.field(description="When it was asked for.")
    decided_at: DateTime | None = strawberry.field(description="When its outcome was known.")

    @field()
    def amount(self) -> Money:
        """How much: the price less what was left over from an earlier plan."""
        row = cast("tables.MembershipPayment", self)
        return Money.of(money.Money(row.amount_minor, row.currency))

    @field()
    async def plan(self, info: Info) -> MembershipPlan | None:
        """The plan it pays for."""
        plan_id = cast("tables.MembershipPayment", self).plan_id
        return cast("MembershipPlan | None", await info.context.load(paid_loaders.plans_by_ids, plan_id))

    @field(only_for=(Permission.MANAGE_LOYALTY,))
    async def method(self, info: Info) -> str | None:
        """The token of what it is taken by; for your server."""
        method_id = cast("tables.MembershipPayment", self).method_id
        return await info.context.load(paid_loaders.method_references, method_id) if method_id else None

    @field(only_for=(Permission.MANAGE_LOYALTY,))
    async def reference(self) -> str | None:
        """The provider's own name of it; for your server."""
        return cast("tables.MembershipPayment", self).reference

    @field()
    async def refund_of(self, info: Info) -> "MembershipPayment | None":
        """REFUND: the payment whose money it gives back."""
        refunded = cast("tables.MembershipPayment", self).refund_of_id
        if refunded is None:
            return None
        found = await info.context.load(paid_loaders.payments_by_ids, refunded, own_or_all(info))
        return cast("MembershipPayment | None", found)


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="A member's purchase of a plan.")
class PaidMembership(Node):
    """A loyalty.tables.PaidMembership."""

    state: PaidState = strawberry.field(description="Where it stands.")
    period_start: DateTime = strawberry.field(description="When the present period, or the trial, began.")
    period_end: DateTime = strawberry.field(description="When it ends.")
    grace_until: DateTime | None = strawberry.field(description="PAST_DUE: until when benefits last.")
    paused_until: DateTime | None = strawberry.field(description="PAUSED: until when.")
    started_at: DateTime = strawberry.field(description="When it was started.")
    ended_at: DateTime | None = strawberry.field(description="When it was over.")
    end_reason: EndReason | None = strawberry.field(description="Why it is over.")

    @field()
    async def plan(self, info: Info) -> MembershipPlan | None:
        """The plan of the present period."""
        plan_id = cast("tables.PaidMembership", self).plan_id
        return cast("MembershipPlan | None", await info.context.load(paid_loaders.plans_by_ids, plan_id))

    @field()
    async def next_plan(self, info: Info) -> MembershipPlan | None:
        """The plan that begins with the next period; null: the same."""
        plan_id = cast("tables.PaidMembership", self).next_plan_id
        if plan_id is None:
            return None
        return cast("MembershipPlan | None", await info.context.load(paid_loaders.plans_by_ids, plan_id))

    @field()
    async def price(self, info: Info) -> Money | None:
        """What a period costs this member, whatever the plan costs others."""
        row = cast("tables.PaidMembership", self)
        return await _money(info, row, row.price_minor)

    @field()
    async def proposed_price(self, info: Info) -> Money | None:
        """A higher price that waits for their consent; null: none does."""
        row = cast("tables.PaidMembership", self)
        told = row.told_price_minor
        waits = told is not None and told > max(row.price_minor, row.consented_price_minor or 0)
        return await _money(info, row, told) if waits and told is not None else None

    @field()
    async def renews_at(self) -> DateTime | None:
        """When it is charged next; null: it is not renewed."""
        row = cast("tables.PaidMembership", self)
        renews = row.state in (PaidState.TRIALING, PaidState.ACTIVE)
        return cast("DateTime", row.period_end) if renews else cast("DateTime | None", row.next_attempt_at)

    @field()
    async def entitlements(self, info: Info) -> list[PlanEntitlement]:
        """What it gives now; empty while it gives nothing."""
        row = cast("tables.PaidMembership", self)
        plan = await info.context.load(paid_loaders.plans_by_ids, row.plan_id)
        given = plans.given(plan) if plan is not None and entitlements.holds(row, clock.now()) else []
        return [PlanEntitlement(kind=each.kind, amount=each.amount, code=each.code) for each in given]

    @field()
    async def payments(self, info: Info, first: First = 10, after: After = None) -> Connection[MembershipPayment]:
        """Every payment asked for, newest first."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        paid_id = cast("tables.PaidMembership", self).id
        page = await info.context.rooms.read(payments.page, paid_id, first=size, after=key)
        return connection(MembershipPayment, page, after=after)


async def _money(info: Info, paid: tables.PaidMembership, amount_minor: int) -> Money | None:
    plan = await info.context.load(paid_loaders.plans_by_ids, paid.plan_id)
    program = await info.context.load(loaders.programs_by_ids, plan.program_id) if plan is not None else None
    return Money.of(money.Money(amount_minor, program.currency)) if program is not None else None


@node_type("PaidMembership")
async def find_paid(info: Info, number: int) -> object | None:
    """The caller's own, or any for those who may read members."""
    return await info.context.load(paid_loaders.paid_by_ids, number, own_or_all(info))


@node_type("MembershipPayment")
async def find_payment(info: Info, number: int) -> object | None:
    """Of the caller's own, or any for those who may read members."""
    return await info.context.load(paid_loaders.payments_by_ids, number, own_or_all(info))
