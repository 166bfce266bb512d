"""Referrals as the API shows them: to either side in a few words, to staff with all that speaks against them."""

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
from core import texts
from core.identity import Permission
from loyalty import referral_terms, tables
from loyalty.referral_signals import SignalName
from loyalty.referral_stages import notice_key
from loyalty.tables import Attribution, ReferralRejection, ReferralStage, ReferralState

described(
    ReferralState,
    name="ReferralState",
    description="Where a referral stands, in three words.",
    values={
        "PENDING": "It is not decided: the friend has not bought, or the hold or a check is not over.",
        "COMPLETED": "Both were rewarded.",
        "REJECTED": "Neither was rewarded, or no longer.",
    },
)
described(
    ReferralStage,
    name="ReferralStage",
    description="Where a referral stands exactly.",
    values={
        "ATTRIBUTED": "The friend has accepted and not made the qualifying order.",
        "PENDING": "The order is there; its hold is not over.",
        "FLAGGED": "The order is there; a person has to decide.",
        "APPROVED": "The hold is over and nothing stands in the way.",
        "REWARDED": "Both sides were rewarded.",
        "REJECTED": "Neither was rewarded.",
        "EXPIRED": "The qualifying order did not come in time.",
        "REVERSED": "The rewards were taken back.",
    },
)
described(
    ReferralRejection,
    name="ReferralRejection",
    description="Why a referral is rejected or reversed.",
    values={
        "ORDER_TOO_SMALL": "The friend's first order stayed below the rule's minimum.",
        "ORDER_RETURNED": "The friend's first order came back.",
        "SUSPICIOUS": "The signals reached the program's `blockFrom`.",
        "BY_STAFF": "Staff decided so.",
        "LIMIT_REACHED": "The advocate had as many rewards as the period allows.",
        "BUDGET_SPENT": "The program's budget for referrals was spent.",
    },
)
described(
    SignalName,
    name="ReferralSignalName",
    description="What may speak against a referral.",
    values={
        "SAME_PAYMENT": "Both sides pay by one card or account.",
        "SAME_DEVICE": "Both sides were seen on one device.",
        "DEVICE_RING": "Three members or more were seen on the friend's device.",
        "DISPOSABLE_EMAIL": "The friend's address is a throw-away one.",
        "SAME_ADDRESS": "Both sides gave one postal address within 30 days.",
        "VELOCITY": "More than five referrals by one advocate, or three members on one IP address, in a day.",
        "SAME_IP": "Both sides were seen on one IP address; alone it never blocks.",
        "SIMILAR_EMAIL": "The two e-mail addresses differ by little.",
        "TAGGED_EMAIL": "The friend's address has a +tag.",
    },
)
described(
    Attribution,
    name="ReferralAttribution",
    description="Whose link counts when a visitor followed several.",
    values={"FIRST_CLICK": "The first within the window.", "LAST_CLICK": "The last."},
)


@seen_by(Permission.READ_MEMBERS, Permission.MANAGE_LOYALTY)
@strawberry.type(description="A signal and its weight.")
class ReferralSignal:
    """One of a score's, or of a program's weights."""

    signal: SignalName = strawberry.field(description="Which.")
    weight: int = strawberry.field(description="What it adds to the score, 0 to 100.")


@seen_by(Permission.READ_MEMBERS)
@strawberry.type(description="One move of a referral; never changed.")
class ReferralDecision:
    """A loyalty.tables.ReferralDecision."""

    former: ReferralStage = strawberry.field(description="Where it stood.")
    stage: ReferralStage = strawberry.field(description="Where it went.")
    rejection: ReferralRejection | None = strawberry.field(description="Why, where it was rejected or reversed.")
    is_by_staff: bool = strawberry.field(description="Whether a person or a key decided; else the rules did.")
    reason: str | None = strawberry.field(description="What staff wrote.")
    score: int = strawberry.field(description="The score then.")
    signals: list[ReferralSignal] = strawberry.field(description="The signals then.")
    decided_at: DateTime = strawberry.field(description="When.")

    @classmethod
    def of(cls, row: tables.ReferralDecision) -> "ReferralDecision":
        """A stored move."""
        return cls(
            former=row.former,
            stage=row.stage,
            rejection=row.rejection,
            is_by_staff=row.actor_id is not None,
            reason=row.reason,
            score=row.score,
            signals=_signals(row.signals),
            decided_at=cast("DateTime", row.decided_at),
        )


@seen_by(*MEMBER_AND_STAFF)
@strawberry.type(description="A friend who accepted a member's code or link.")
class Referral(Node):
    """A loyalty.tables.Referral."""

    state: ReferralState = strawberry.field(description="Where it stands.")
    accepted_at: DateTime = strawberry.field(description="When the friend accepted.")
    decided_at: DateTime | None = strawberry.field(description="When it was completed, rejected or taken back.")

    @field()
    def notice(self, info: Info) -> str:
        """Where it stands, in words for a member, in the reader's language."""
        caller = info.context.caller
        return texts.say("loyalty", notice_key(cast("tables.Referral", self).stage), caller.locale, zone=caller.zone)

    @field(requires=Permission.READ_MEMBERS)
    def stage(self) -> ReferralStage:
        """Where it stands exactly."""
        return cast("tables.Referral", self).stage

    @field(requires=Permission.READ_MEMBERS)
    def rejection(self) -> ReferralRejection | None:
        """Why it was rejected."""
        return cast("tables.Referral", self).rejection

    @field(requires=Permission.READ_MEMBERS)
    def hold_until(self) -> DateTime | None:
        """When its hold is over; null before the qualifying order."""
        return cast("DateTime | None", cast("tables.Referral", self).hold_until)

    @field(requires=Permission.READ_MEMBERS)
    def version(self) -> int:
        """Grows with every move; decideReferral takes it."""
        return cast("tables.Referral", self).version

    @field(requires=Permission.READ_MEMBERS)
    def score(self) -> int:
        """What the signals weigh together, 0 to 100."""
        return cast("tables.Referral", self).score

    @field(requires=Permission.READ_MEMBERS)
    def signals(self) -> list[ReferralSignal]:
        """What speaks against it."""
        return _signals(cast("tables.Referral", self).signals)

    @field(requires=Permission.READ_MEMBERS)
    async def decisions(self, info: Info) -> list[ReferralDecision]:
        """Its moves, oldest first."""
        rows = await info.context.load(loaders.referral_decisions, cast("tables.Referral", self).id)
        return [ReferralDecision.of(row) for row in rows or ()]

    @field(requires=Permission.READ_MEMBERS)
    async def advocate(self, info: Info) -> Membership | None:
        """Who brought the friend."""
        found = await info.context.load(loaders.memberships_by_ids, cast("tables.Referral", self).advocate_id)
        return cast("Membership | None", found)

    @field(requires=Permission.READ_MEMBERS)
    async def friend(self, info: Info) -> Membership | None:
        """The friend."""
        found = await info.context.load(loaders.memberships_by_ids, cast("tables.Referral", self).friend_id)
        return cast("Membership | None", found)


@seen_by(Permission.MANAGE_LOYALTY)
@strawberry.type(description="How a program treats its referrals.")
class ReferralTerms:
    """A loyalty.tables.ReferralTerms."""

    hold_days: int = strawberry.field(description="Days from the qualifying order until anybody is rewarded.")
    window_days: int = strawberry.field(description="Days from a click to the friend's acceptance.")
    attribution: Attribution = strawberry.field(description="Whose link counts.")
    order_days: int | None = strawberry.field(description="Days from the acceptance to the order; null: no limit.")
    qualifying_order: int = strawberry.field(description="Which paid order of the friend's qualifies.")
    friend_at_once: bool = strawberry.field(description="Whether the friend is rewarded before the hold is over.")
    period_days: int = strawberry.field(description="Of how many days `periodLimit` speaks.")
    period_limit: int | None = strawberry.field(description="Rewards an advocate may get in a period; null: any.")
    budget_points: int | None = strawberry.field(description="Points for all referrals together; null: any.")
    share_points: int = strawberry.field(
        description="Points for the advocate for each 10,000 minor units that the friend buys; 0: no share."
    )
    share_months: int | None = strawberry.field(description="For how many months; null: without end.")
    review_from: int = strawberry.field(description="The score from which a person decides.")
    block_from: int = strawberry.field(description="The score from which a referral is rejected.")
    suspend_after: int | None = strawberry.field(
        description="After how many rejections as suspicious or by staff an advocate brings nobody more; null: never."
    )
    weights: list[ReferralSignal] = strawberry.field(description="What each signal weighs.")
    disposable_domains: list[str] = strawberry.field(description="Throw-away mail domains besides our own list.")
    trace_days: int = strawberry.field(description="Days for which hashes of connections and payments are kept.")

    @classmethod
    def of(cls, row: tables.ReferralTerms) -> "ReferralTerms":
        """The program's own, or the defaults."""
        values = {name: getattr(row, name) for name in _PLAIN}
        weights = referral_terms.weights(row).items()
        return cls(weights=[ReferralSignal(signal=name, weight=weight) for name, weight in weights], **values)


_PLAIN = (
    "hold_days",
    "window_days",
    "attribution",
    "order_days",
    "qualifying_order",
    "friend_at_once",
    "period_days",
    "period_limit",
    "budget_points",
    "share_points",
    "share_months",
    "review_from",
    "block_from",
    "suspend_after",
    "disposable_domains",
    "trace_days",
)


def _signals(stored: list[dict[str, str | int]]) -> list[ReferralSignal]:
    return [ReferralSignal(signal=SignalName(str(each["signal"])), weight=int(each["weight"])) for each in stored]


@node_type("Referral")
async def find_referral(info: Info, number: int) -> object | None:
    """One that the caller is a side of, or any for those who may read members."""
    return await info.context.load(loaders.referrals_by_ids, number, own_or_all(info))
