"""Memberships, ledger, redemptions and referrals as the API shows them, to their member and to staff who may."""

from typing import cast

import strawberry

from api.audience import seen_by
from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.enums import described
from api.fields import field
from api.loyalty import loaders, paid_loaders
from api.loyalty.paid_types import PaidMembership
from api.loyalty.program_types import EarningRule, Program, Reward
from api.loyalty.progress_types import TierProgress
from api.loyalty.seeing import MEMBER_AND_STAFF, may_see, own_or_all
from api.loyalty.tier_types import Tier
from api.nodes import Node
from api.root import node_type
from api.scalars import URL, DateTime
from api.shop.loaders import customers_by_ids
from api.shop.order_types import Customer
from core import texts
from core.identity import Permission
from loyalty import tables
from loyalty.explanation import ExplanationCode, text_key
from loyalty.queries import passbook
from loyalty.queries import referrals as referral_queries
from loyalty.queries.balances import BalanceRow
from loyalty.tables import EntryKind, RedemptionState

described(
    EntryKind,
    name="LedgerEntryKind",
    description="What an entry does to a balance.",
    values={
        "EARN": "Points come in.",
        "REDEEM": "Points are spent on a reward, or put aside for a cart.",
        "REDEEM_ROLLBACK": "Spent points come back.",
        "EXPIRE": "Points end unspent.",
        "CLAWBACK": "Earned points are taken back.",
        "ADJUST_CREDIT": "Staff give points.",
        "ADJUST_DEBIT": "Staff take points.",
        "TRANSFER_OUT": "Staff move points to another member.",
        "TRANSFER_IN": "Staff move points here from another member.",
        "REINSTATE": "Staff give back points that had expired.",
        "FORFEIT": "The member leaves the program, and what was left goes.",
    },
)
described(
    ExplanationCode,
    name="ExplanationCode",
    description="Why points moved, for programs.",
    values={
        "ORDER_EARNED": "An order earned them.",
        "ORDER_EARNED_NOTHING": "An order stayed below what counts.",
        "ORDER_EARNED_MORE": "An order that changed earned more.",
        "ORDER_CHANGED": "An order has become smaller.",
        "ORDER_CANCELLED": "An order was cancelled.",
        "ORDER_REFUNDED": "An order was refunded in whole or in part.",
        "REVIEW_PUBLISHED": "A review of the member was published.",
        "REVIEW_LEFT_PUBLIC": "That review is no longer public.",
        "REFERRAL_ADVOCATE": "The member brought a friend.",
        "REFERRAL_FRIEND": "A friend brought the member.",
        "REFERRAL_RETURNED": "The order behind a referral was returned.",
        "REFERRAL_REVERSED": "A referral does not count after all.",
        "REFERRAL_SHARE": "The member's share of what a friend has bought.",
        "REFERRAL_SHARE_RETURNED": "Some of that came back.",
        "REWARD_REDEEMED": "A reward was taken.",
        "REWARD_ISSUED": "The points have become a reward by themselves, as the program has it.",
        "REWARD_RETURNED": "The order that used a reward was returned.",
        "POINTS_HELD": "They were put aside for a cart.",
        "POINTS_RELEASED": "The cart did not need them.",
        "PAYMENT_RETURNED": "The order that they paid for was returned.",
        "EXPIRED": "They were not spent in time.",
        "ADJUSTED_UP": "Staff gave them, for the reason they wrote.",
        "ADJUSTED_DOWN": "Staff took them, for the reason they wrote.",
        "TRANSFERRED_OUT": "Staff moved them to another member, for the reason they wrote.",
        "TRANSFERRED_IN": "Staff moved them here from another member, for the reason they wrote.",
        "REINSTATED": "They had expired and staff gave them back, for the reason they wrote.",
        "DEFICIT_WRITTEN_OFF": "Staff forgave what was owed, for the reason they wrote.",
        "LEFT_PROGRAM": "The member left the program.",
    },
)
described(
    RedemptionState,
    name="RedemptionState",
    description="What has become of a redeemed reward's code.",
    values={
        "ISSUED": "It can be used.",
        "USED": "An order used it.",
        "RETURNED": "That order came back, and so did the points.",
    },
)


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="What a member holds now, whether or not a nightly job has run.")
class PointsBalance:
    """The points of a BalanceRow by state."""

    spendable: int = strawberry.field(description="Points that can be spent now; never negative.")
    pending: int = strawberry.field(description="Points that wait until they can be spent.")
    deficit: int = strawberry.field(description="Points owed after a return, which the next points repay.")


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="Points that will expire.")
class PointsExpiry:
    """The soonest expiry of a BalanceRow."""

    points: int = strawberry.field(description="How many.")
    at: DateTime = strawberry.field(description="When; they can be spent until then.")


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="What one version of a rule gave to an entry.")
class RulePoints:
    """A part of an entry's breakdown."""

    rule_id: strawberry.Private[int]
    points: int = strawberry.field(description="Whole points; an entry's parts sum to it.")

    @field()
    async def rule(self, info: Info) -> EarningRule | None:
        """The version that gave them."""
        return cast("EarningRule | None", await info.context.load(loaders.rules_by_ids, self.rule_id))


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="One movement of a member's points; never changed, corrected only by another one.")
class LedgerEntry(Node):
    """A loyalty.tables.LedgerEntry."""

    kind: EntryKind = strawberry.field(description="What it does to the balance.")
    points: int = strawberry.field(description="Signed whole points.")
    qualifying: int = strawberry.field(name="qualifyingPoints", description="What it counts toward tiers, signed.")
    uncollected: int = strawberry.field(
        description="What a return asked for and was written off, or brought home too late and was forfeited."
    )
    explanation_code: ExplanationCode = strawberry.field(description="Why, for programs.")
    occurred_at: DateTime = strawberry.field(description="When its cause happened.")
    recorded_at: DateTime = strawberry.field(description="When it was written.")

    @field()
    def explanation(self, info: Info) -> str:
        """Why, in the reader's language."""
        entry, caller = cast("tables.LedgerEntry", self), info.context.caller
        return texts.say("loyalty", text_key(entry.explanation), caller.locale, zone=caller.zone, **entry.params)

    @field()
    def rules(self) -> list[RulePoints]:
        """The rules' versions that earned it and how much each."""
        parts = cast("tables.LedgerEntry", self).breakdown
        return [RulePoints(rule_id=part["ruleId"], points=part["points"]) for part in parts]


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="A reward that a member took.")
class Redemption(Node):
    """A loyalty.tables.Redemption."""

    code: str = strawberry.field(description="The code that the shop accepts for it.")
    points: int = strawberry.field(description="What it cost.")
    state: RedemptionState = strawberry.field(description="What has become of the code.")
    redeemed_at: DateTime = strawberry.field(description="When it was taken.")
    expires_at: DateTime | None = strawberry.field(
        description="Orders placed from then on cannot use the code; null: without end."
    )

    @field()
    async def reward(self, info: Info) -> Reward | None:
        """What was taken."""
        reward_id = cast("tables.Redemption", self).reward_id
        return cast("Reward | None", await info.context.load(loaders.rewards_by_ids, reward_id))


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="A customer's membership in a program, with their points.")
class Membership(Node):
    """A loyalty.queries.balances.BalanceRow."""

    joined_at: DateTime = strawberry.field(description="When they joined.")
    terms_version: str = strawberry.field(description="The version of the terms they agreed to.")
    terms_agreed_at: DateTime = strawberry.field(description="When they agreed to that version.")
    left_at: DateTime | None = strawberry.field(description="When they left the program; null for a member.")
    tier_until: DateTime | None = strawberry.field(
        description="When the tier's term ends; null below every tier and for tiers without end."
    )

    @field()
    async def program(self, info: Info) -> Program:
        """The program."""
        program_id = cast("BalanceRow", self).program_id
        return cast("Program", await info.context.load(loaders.programs_by_ids, program_id))

    @field()
    async def terms_outdated(self, info: Info) -> bool:
        """Whether the terms have changed since: ask for acceptTerms. Until then the member keeps the former ones."""
        row = cast("BalanceRow", self)
        program = await info.context.load(loaders.programs_by_ids, row.program_id)
        return program is not None and program.terms_version != row.terms_version

    @field(requires=Permission.READ_MEMBERS)
    async def customer(self, info: Info) -> Customer | None:
        """Who the member is."""
        customer_id = cast("BalanceRow", self).customer_id
        return cast("Customer | None", await info.context.load(customers_by_ids, customer_id))

    @field()
    def balance(self) -> PointsBalance:
        """Their points by state."""
        row = cast("BalanceRow", self)
        return PointsBalance(spendable=row.balance, pending=row.pending, deficit=row.deficit)

    @field()
    def tier(self) -> Tier | None:
        """Where they stand; null below every tier."""
        return cast("Tier | None", cast("BalanceRow", self).standing)

    @field()
    async def tier_progress(self, info: Info) -> TierProgress | None:
        """The way to the next tier, and what keeps this one; null where the program has no tiers."""
        found = await info.context.load(loaders.progress_by_ids, cast("BalanceRow", self).id)
        if found is None or (found.tier is None and found.following is None):
            return None
        return TierProgress(found=found)

    @field()
    def next_expiry(self) -> PointsExpiry | None:
        """The points that expire next; null when none will."""
        row = cast("BalanceRow", self)
        if row.next_expiry_at is None or row.next_expiry_points is None:
            return None
        # the scalar writes milliseconds as they are
        return PointsExpiry(points=row.next_expiry_points, at=cast("DateTime", row.next_expiry_at))

    @field()
    async def ledger(self, info: Info, first: First = 10, after: After = None) -> Connection[LedgerEntry]:
        """Every movement of their points, newest first."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        member = cast("BalanceRow", self).id
        page = await info.context.rooms.read(passbook.entries_page, member, first=size, after=key)
        return connection(LedgerEntry, page, after=after)

    @field()
    async def redemptions(self, info: Info, first: First = 10, after: After = None) -> Connection[Redemption]:
        """The rewards they took, newest first."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        member = cast("BalanceRow", self).id
        page = await info.context.rooms.read(passbook.redemptions_page, member, first=size, after=key)
        return connection(Redemption, page, after=after)

    @field()
    async def paid(self, info: Info) -> PaidMembership | None:
        """Their newest purchase of a plan, over or not; null: none."""
        found = await info.context.load(paid_loaders.paid_by_membership, cast("BalanceRow", self).id)
        return cast("PaidMembership | None", found)

    @field()
    async def referral_link(self, info: Info) -> URL | None:
        """The storefront's address with their code, to pass on; null until createReferral has drawn the code.

        The storefront is that of the request's key; without one it is null.
        """
        code = await info.context.load(loaders.referral_codes, cast("BalanceRow", self).id)
        storefront = info.context.storefront
        return URL(f"{storefront.origin}/?ref={code}") if code and storefront is not None else None

    @field()
    async def referral_points(self, info: Info) -> int:
        """The points they hold by referrals and shares, less what was taken back."""
        return await info.context.load(loaders.referral_points, cast("BalanceRow", self).id) or 0

    @field()
    async def referral_earnings(self, info: Info, first: First = 10, after: After = None) -> Connection[LedgerEntry]:
        """Their statement of referrals: every entry that one has brought or taken back, newest first."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        member = cast("BalanceRow", self).id
        page = await info.context.rooms.read(referral_queries.earnings_page, member, first=size, after=key)
        return connection(LedgerEntry, page, after=after)

    @field()
    async def referral_code(self, info: Info) -> str | None:
        """Their code to pass on; null until createReferral has drawn it."""
        return await info.context.load(loaders.referral_codes, cast("BalanceRow", self).id)


@node_type("Membership")
async def find_membership(info: Info, number: int) -> object | None:
    """The caller's own, or any for those who may read members."""
    row = await info.context.load(loaders.memberships_by_ids, number)
    return row if row is not None and may_see(info, row.customer_id) else None


@node_type("LedgerEntry")
async def find_entry(info: Info, number: int) -> object | None:
    """Of the caller's own ledger, or any for those who may read members."""
    return await info.context.load(loaders.entries_by_ids, number, own_or_all(info))


@node_type("Redemption")
async def find_redemption(info: Info, number: int) -> object | None:
    """The caller's own, or any for those who may read members."""
    return await info.context.load(loaders.redemptions_by_ids, number, own_or_all(info))
