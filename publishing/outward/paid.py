"""What is told outside of paid memberships: ids, kinds and reasons; never an amount, a name or a card."""

from dataclasses import dataclass

from loyalty.tables import EndReason, PaymentKind
from publishing.outward.declaring import EventData, PublicId, node, told

_MEMBER = "The membership."
_PAID = "The paid membership."
_PLAN = "Its plan."
_PAYMENT = "The payment, which says how much."
_KIND = "What it is for."


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipStartedEvent(EventData):
    """A paid membership has begun: its trial, or its first paid period."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipWarnedEvent(EventData):
    """A trial or a period ends soon, and the member is going to be charged."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentDueEvent(EventData):
    """A payment is to be made, or given back. Where the shop takes the money, it does so now and reports it."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)
    payment_id: PublicId = node("MembershipPayment", _PAYMENT)
    kind: PaymentKind = told(_KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentFailedEvent(EventData):
    """A payment was refused."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)
    payment_id: PublicId = node("MembershipPayment", _PAYMENT)
    kind: PaymentKind = told(_KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRenewedEvent(EventData):
    """A further period is paid for."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)
    payment_id: PublicId = node("MembershipPayment", _PAYMENT)
    kind: PaymentKind = told(_KIND)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipChangedEvent(EventData):
    """A member has another plan now."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRepricedEvent(EventData):
    """The plan costs more than the member pays: their consent is asked for."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipCancelledEvent(EventData):
    """A paid membership is not going to be renewed."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipPausedEvent(EventData):
    """A paid membership rests."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipResumedEvent(EventData):
    """A pause is over, or a cancellation was taken back."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipLapsedEvent(EventData):
    """A paid membership is over, since nobody paid."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)
    reason: EndReason | None = told("Why.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipEndedEvent(EventData):
    """A paid membership is over."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)
    reason: EndReason | None = told("Why.")


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRefundedEvent(EventData):
    """Money was given back."""

    membership_id: PublicId = node("Membership", _MEMBER)
    paid_membership_id: PublicId = node("PaidMembership", _PAID)
    plan_id: PublicId = node("MembershipPlan", _PLAN)
    payment_id: PublicId = node("MembershipPayment", _PAYMENT)
    kind: PaymentKind = told(_KIND)
