"""A shop to which everything happens that is told outside, each event by its own room where that takes few steps."""

from dataclasses import replace
from datetime import timedelta

from sqlmodel import Session

from core import clock, outbox
from core.outbox import Payload
from core.webhooks import endpoints
from core.webhooks.tables import DisabledReason, WebhookEndpoint
from loyalty import adjustments, lifecycle, memberships, programs, referrals, rewards
from loyalty.adjustments import AdjustmentDraft
from loyalty.events import LoyaltyEvent
from loyalty.memberships import JoinDraft
from loyalty.tables import EndReason, MembershipPayment, PaidMembership, Referral, Reward, Tier
from publishing.events import CoverageEvent
from shop.tables import OrderState
from tests.loyalty.sums import only
from tests.make import loyalty, photos, shop, ugc
from tests.make import paid as make_paid
from tests.make.shop import accepted
from ugc import moderation, reviews
from ugc.reasons import ReasonCode
from ugc.tables.photos import PhotoStatus

# what the people are called, where they are reached and what they write: no event may say any of it
PERSONAL = ("ada", "mail.example", "Camille", "Roux", "Une phrase de Camille")
_WORDS = "Une phrase de Camille sur son thé, la numéro {}, que personne d’autre ne doit lire ici."


def everything(session: Session) -> None:
    """All of it, recorded and not yet reacted to."""
    ada = shop.customer(session, "ada")
    _reviews(session, ada)
    _orders(session)
    _members(session, ada)
    _programs(session)
    _page(session, shop.product(session, "hat"))
    _paid(session)
    _endpoints(session)


def _reviews(session: Session, ada: int) -> None:
    hat, scarf = shop.product(session, "hat"), shop.product(session, "scarf")
    shop.family(session, hat, scarf)
    review_id = ugc.review(session, product_id=hat, author_id=ada, body=_WORDS.format(1))
    accepted(moderation.approve(session, ugc.decision(session, review_id)))
    accepted(reviews.edit(session, ugc.edit(session, review_id, body=_WORDS.format(2))))
    accepted(moderation.approve(session, ugc.decision(session, review_id)))
    for status in (PhotoStatus.APPROVED, PhotoStatus.REJECTED):
        photos.photo(session, customer_id=ada, review_id=review_id, status=status)
    accepted(reviews.withdraw(session, review_id, author_id=ada))
    ugc.rejected_review(session, reason=ReasonCode.SPAM)


def _orders(session: Session) -> None:
    told = [clock.now() - timedelta(hours=hours) for hours in (3, 2, 1)]
    shop.order(session, external_id="1", customer="ada", placed_at=told[0], updated_at=told[0])
    shop.refund(session, "1", ("line-1", 1, 100))
    dearer, off = shop.line(2_000), OrderState.CANCELLED
    shop.order(session, dearer, external_id="1", customer="ada", placed_at=told[0], updated_at=told[1])
    shop.order(session, dearer, external_id="1", customer="ada", placed_at=told[0], updated_at=told[2], state=off)


def _members(session: Session, ada: int) -> None:
    draft = loyalty.program_draft(loyalty.A_FRIEND, rewards=(loyalty.voucher(),), tiers=(loyalty.tier("Base", 0),))
    program = loyalty.program(session, draft)
    member = accepted(memberships.join(session, JoinDraft(program, ada, "1", "TEST")))
    friend = shop.customer(session, "friend")
    accepted(memberships.join(session, JoinDraft(program, friend, "1", "TEST")))
    accepted(
        adjustments.adjust(session, AdjustmentDraft(membership_id=member, points=100, reason="Welcome", actor_id=1))
    )
    accepted(rewards.redeem(session, customer_id=ada, reward_id=only(session, Reward).id))
    code = accepted(referrals.create_code(session, customer_id=ada, program_id=program))
    accepted(referrals.accept(session, customer_id=friend, code=code))
    # what takes a friend's order, a fraud check and a year's wait to come about by itself
    about = {"membershipId": member, "referralId": only(session, Referral).id}
    for name in (
        LoyaltyEvent.REFERRAL_FLAGGED,
        LoyaltyEvent.REFERRAL_COMPLETED,
        LoyaltyEvent.REFERRAL_REJECTED,
        LoyaltyEvent.REFERRAL_EXPIRED,
    ):
        outbox.record(session, name, aggregate=("Membership", member), payload=about)
    fallen: Payload = {"membershipId": member, "customerId": ada, "tierId": None}
    kept: Payload = {**fallen, "tierId": only(session, Tier).id}
    missing: Payload = {"lastDay": "2026-12-31", "basis": "POINTS", "missing": 20, "orBasis": None, "orMissing": None}
    for name, payload in (
        (LoyaltyEvent.TIER_PROLONGED, kept),
        (LoyaltyEvent.TIER_WARNED, {**kept, **missing}),
        (LoyaltyEvent.TIER_LOWERED, {**fallen, "formerTierId": kept["tierId"]}),
    ):
        outbox.record(session, name, aggregate=("Membership", member), payload=payload)


def _programs(session: Session) -> None:
    program = loyalty.program(session, replace(loyalty.program_draft(), is_draft=True))
    accepted(lifecycle.publish(session, program))
    accepted(programs.change_terms(session, program, "2"))
    passer_by = shop.customer(session, "passer-by")
    accepted(memberships.join(session, JoinDraft(program, passer_by, "2", "TEST")))
    accepted(memberships.leave(session, customer_id=passer_by, program_id=program))
    accepted(lifecycle.close(session, program, last_day=clock.now().date() + timedelta(days=30)))
    with clock.at(clock.now() + timedelta(days=32)):
        lifecycle.close_due(session)


def _page(session: Session, product_id: int) -> None:
    place = {"productId": product_id, "storefrontId": shop.storefront(session)}
    figures = {"reviews": 4, "indexable": 1, "formerReviews": 4, "formerIndexable": 4}
    payload: Payload = {"checkId": 2, "formerCheckId": 1, **place, **figures}
    outbox.record(session, CoverageEvent.FELL, aggregate=("ProductCoverage", product_id), payload=payload)


def _paid(session: Session) -> None:
    # a payment that is owed; the rest takes months and refused cards to come about by itself
    member = make_paid.member(session, make_paid.plan(session, make_paid.program(session)), customer="ada")
    row, payment = session.get_one(PaidMembership, member), only(session, MembershipPayment)
    about: Payload = {"membershipId": row.membership_id, "paidMembershipId": member, "planId": row.plan_id}
    more: Payload = {"paymentId": payment.id, "kind": payment.kind.value, "reason": EndReason.CANCELLED.value}
    for name in (name for name in LoyaltyEvent if name.value.startswith("Membership")):
        outbox.record(session, name, aggregate=("Membership", row.membership_id), payload={**about, **more})


def _endpoints(session: Session) -> None:
    broken = accepted(endpoints.create(session, url="https://erp.example/", event_types=["order.paid"]))
    endpoints.disable(session, session.get_one(WebhookEndpoint, broken.endpoint_id), DisabledReason.GONE)
