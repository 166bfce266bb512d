"""One input for every mutation, with which it does something in a world that holds one object of each type.

A new mutation is a line here. Who acts: `ada`, whose things they are, `bea`, who has none, or `staff`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from sqlmodel import Session, select

from core import accounts, clock
from core.ids import to_public
from core.webhooks.tables import DeliveryState, EndpointDelivery
from loyalty import adjustments, expiry, programs, referrals, rewards
from loyalty.adjustments import AdjustmentDraft
from loyalty.tables import (
    ClawbackPolicy,
    EntryKind,
    LedgerEntry,
    Membership,
    MembershipPayment,
    MembershipPlan,
    Redemption,
    Referral,
    Reward,
)
from tests.api.conftest import Api
from tests.api.samples import numbers
from tests.make import loyalty, shop
from tests.make import paid as make_paid
from tests.make.shop import accepted

AT = "2026-02-01T10:00:00Z"
BODY = "A gentle tea with a long finish, one more of my collection."


@dataclass(frozen=True, slots=True)
class World:
    """The public ids of one object of each type, and the two codes that Ada holds."""

    ids: dict[str, str]
    referral_code: str
    redemption_code: str

    def __getitem__(self, type_name: str) -> str:
        return self.ids[type_name]


def world(api: Api) -> World:
    """Make it: Ada has points to spend and a code to share; her review is published."""

    def make(session: Session) -> World:
        made = numbers(session, api.storefront.id)
        gift = AdjustmentDraft(membership_id=made["Membership"], points=1000, reason="More", actor_id=1)
        accepted(adjustments.adjust(session, gift))
        code = accepted(referrals.create_code(session, customer_id=made["Customer"], program_id=made["Program"]))
        accepted(programs.change_terms(session, made["Program"], "2"))
        # one that was not taken may be sent again
        session.get_one(EndpointDelivery, made["WebhookDelivery"]).state = DeliveryState.DEAD
        made["ServiceKey"] = accepted(accounts.create_service_key(session, name="till", scopes=["MANAGE_SHOP"]))[0].id
        draft = loyalty.program(session, replace(loyalty.program_draft(), is_draft=True))
        redemption = session.get_one(Redemption, made["Redemption"])
        more = _of_paid(session, made)
        friend = session.get_one(Referral, made["Referral"]).friend_id
        ledgers = {"Friend": ("Membership", friend), **_expired_and_owing(session)}
        newcomer = to_public("Customer", shop.customer(session, "newcomer", storefront_id=api.storefront.id))
        known = {name: to_public(name, number) for name, number in made.items()}
        known |= {name: to_public(*node) for name, node in ledgers.items()}
        return World(
            {**known, **more, "DraftProgram": to_public("Program", draft), "Newcomer": newcomer}, code, redemption.code
        )

    return api.database.writing(make)


def _of_paid(session: Session, made: dict[str, int]) -> dict[str, str]:
    """A dearer plan, a friend who may start one, and a payment that somebody's first period waits for."""
    program = session.get_one(MembershipPlan, made["MembershipPlan"]).program_id
    terms = replace(make_paid.YEARLY, name="Better", price_minor=20_000)
    waiting = make_paid.member(session, made["MembershipPlan"], customer="dora")
    loyalty.member(session, program, "friend")
    payment = session.exec(select(MembershipPayment.id).where(MembershipPayment.paid_membership_id == waiting)).one()
    return {
        "PaidProgram": to_public("Program", program),
        "BetterPlan": to_public("MembershipPlan", make_paid.plan(session, program, terms)),
        "OpenPayment": to_public("MembershipPayment", payment),
    }


def _expired_and_owing(session: Session) -> dict[str, tuple[str, int]]:
    """An entry by which points expired a day ago, and a member who owes points after a return."""
    draft = replace(
        loyalty.program_draft(clawback=ClawbackPolicy.UNLIMITED, rewards=(loyalty.voucher(100),)), lot_months=0
    )
    with clock.at(clock.now() - timedelta(days=2)):
        program_id = loyalty.program(session, draft)
        debtor = loyalty.member(session, program_id, "zoe")
        loyalty.spent(session, 20, customer="zoe")
    expiry.opened(session, debtor)
    expired = session.exec(select(LedgerEntry.id).where(LedgerEntry.kind == EntryKind.EXPIRE)).one()
    order_id = loyalty.spent(session, 100, customer="zoe", external_id="1001")
    reward_id = session.exec(select(Reward.id).where(Reward.program_id == program_id)).one()
    zoe = session.get_one(Membership, debtor).customer_id
    accepted(rewards.redeem(session, customer_id=zoe, reward_id=reward_id))
    loyalty.refunded(session, "1001", 100, order_id=order_id)
    return {"ExpiredEntry": ("LedgerEntry", expired), "Debtor": ("Membership", debtor)}


@dataclass(frozen=True, slots=True)
class Act:
    """Who, and with which input."""

    who: str
    input: Callable[[World], dict[str, Any]]


def _endpoint(**more: Any) -> Callable[[World], dict[str, Any]]:  # noqa: ANN401 - JSON
    return lambda world: {"endpointId": world["WebhookEndpoint"], **more}


_TERMS = {"name": "Monthly", "priceMinor": 1499, "trialDays": 30, "entitlements": [{"kind": "FREE_SHIPPING"}]}
_RULE = {"kind": "ORDER_SPEND", "points": 2, "perMinor": 100}
ACTS: dict[str, Act] = {
    "configureCustomerTokens": Act("staff", lambda world: {"storefrontId": world["Storefront"], "longestHours": 24}),
    "createWebhookEndpoint": Act(
        "staff", lambda _: {"url": "https://hooks.example/fidelio", "eventTypes": ["MEMBER_JOINED"]}
    ),
    "createServiceKey": Act("staff", lambda _: {"name": "erp", "scopes": ["MANAGE_SHOP"]}),
    "deleteWebhookEndpoint": Act("staff", _endpoint()),
    "pauseWebhookEndpoint": Act("staff", _endpoint()),
    "redeliverWebhook": Act("staff", lambda world: {"deliveryId": world["WebhookDelivery"]}),
    "replayWebhookEvents": Act(
        "staff",
        lambda world: {
            "endpointId": world["WebhookEndpoint"],
            "since": "2026-03-01T00:00:00Z",
            "until": "2026-03-03T00:00:00Z",
        },
    ),
    "resumeWebhookEndpoint": Act("staff", _endpoint()),
    "revokeCustomerTokens": Act("staff", lambda world: {"storefrontId": world["Storefront"], "externalId": "ada"}),
    "revokeServiceKey": Act("staff", lambda world: {"serviceKeyId": world["ServiceKey"]}),
    "rotateCustomerSecret": Act("staff", lambda world: {"storefrontId": world["Storefront"]}),
    "rotateStorefrontKey": Act("staff", lambda world: {"storefrontId": world["Storefront"]}),
    "rotateWebhookSecret": Act("staff", _endpoint()),
    "testWebhookEndpoint": Act("staff", _endpoint()),
    "updateWebhookEndpoint": Act(
        "staff", lambda world: {"endpointId": world["WebhookEndpoint"], "eventTypes": ["MEMBER_JOINED"]}
    ),
    "acceptReferral": Act("bea", lambda world: {"code": world.referral_code}),
    "adjustPoints": Act("staff", lambda world: {"membershipId": world["Membership"], "points": 5, "reason": "Sorry"}),
    "reinstatePoints": Act("staff", lambda world: {"entryId": world["ExpiredEntry"], "reason": "Illness"}),
    "transferPoints": Act(
        "staff",
        lambda world: {
            "fromMembershipId": world["Membership"],
            "toMembershipId": world["Friend"],
            "points": 5,
            "reason": "Moved",
        },
    ),
    "writeOffDeficit": Act("staff", lambda world: {"membershipId": world["Debtor"], "reason": "Our mistake"}),
    "changeEarningRule": Act(
        "staff",
        lambda world: {
            "ruleId": world["EarningRule"],
            "rule": {"kind": "REFERRAL", "points": 70, "friendPoints": 10, "minOrderMinor": 100},
        },
    ),
    "createProgram": Act(
        "staff",
        lambda _: {
            "handle": "second",
            "name": "Second",
            "currency": "EUR",
            "zone": "Europe/Paris",
            "termsVersion": "1",
            "rules": [_RULE],
        },
    ),
    "createProgramFromPreset": Act("staff", lambda _: {"preset": "nine-west", "handle": "third"}),
    "createReferral": Act("friend", lambda world: {"programId": world["Program"]}),
    "createUpload": Act("ada", lambda _: {"bytes": 1000, "licenceGranted": True, "peopleAgree": True}),
    "editReview": Act(
        "ada", lambda world: {"reviewId": world["Review"], "rating": 3, "body": BODY + " Really.", "version": 1}
    ),
    "endProgram": Act("staff", lambda world: {"programId": world["Program"]}),
    "joinProgram": Act("bea", lambda world: {"programId": world["Program"], "termsVersion": "2"}),
    "moderatePhoto": Act("staff", lambda world: {"photoId": world["Photo"], "decision": "APPROVE", "version": 1}),
    "moderateReview": Act(
        "staff", lambda world: {"reviewId": world["Review"], "decision": "APPROVE", "revisionNo": 1, "version": 1}
    ),
    "recordCustomer": Act("staff", lambda world: {"storefrontId": world["Storefront"], "externalId": "carl"}),
    "recordFamily": Act("staff", lambda world: {"externalId": "f-9", "name": "Hats", "productIds": [world["Product"]]}),
    "recordOrder": Act(
        "staff",
        lambda world: {
            "storefrontId": world["Storefront"],
            "externalId": "9",
            "currency": "EUR",
            "state": "PAID",
            "placedAt": AT,
            "paidAt": AT,
            "updatedAt": AT,
            "customer": {"externalId": "ada"},
            "lines": [{"externalId": "1", "quantity": 1, "title": "Hat", "totalMinor": 1000}],
        },
    ),
    "recordProduct": Act("staff", lambda _: {"externalId": "p-9", "handle": "scarf", "name": "Scarf"}),
    "recordRefund": Act(
        "staff",
        lambda world: {
            "storefrontId": world["Storefront"],
            "externalId": "r-9",
            "orderExternalId": "1",
            "refundedAt": AT,
            "orderLevelMinor": 10,
        },
    ),
    "recordStorefront": Act(
        "staff",
        lambda _: {
            "handle": "third",
            "name": "Third",
            "origin": "https://third.example",
            "locale": "fr-FR",
            "currency": "EUR",
            "timeZone": "Europe/Paris",
            "productUrl": "https://third.example/{handle}",
        },
    ),
    "acceptTerms": Act("ada", lambda world: {"programId": world["Program"], "termsVersion": "2"}),
    "changeTerms": Act("staff", lambda world: {"programId": world["Program"], "termsVersion": "3"}),
    "leaveProgram": Act("ada", lambda world: {"programId": world["Program"]}),
    "changeTiers": Act(
        "staff",
        lambda world: {
            "programId": world["Program"],
            "revision": 2,
            "tiers": [{"tierId": world["Tier"], "name": "Base", "threshold": 0}, {"name": "New", "threshold": 9}],
        },
    ),
    "cancelMembership": Act("ada", lambda world: {"paidMembershipId": world["PaidMembership"]}),
    "changeMembershipPlan": Act(
        "ada", lambda world: {"paidMembershipId": world["PaidMembership"], "planId": world["BetterPlan"]}
    ),
    "changePlan": Act("staff", lambda world: {"planId": world["MembershipPlan"], "version": 1, "terms": _TERMS}),
    "consentToPrice": Act("ada", lambda world: {"paidMembershipId": world["PaidMembership"], "priceMinor": 12_000}),
    "createPlan": Act(
        "staff", lambda world: {"programId": world["PaidProgram"], "handle": "new", "months": 1, "terms": _TERMS}
    ),
    "grantEligibility": Act(
        "staff",
        lambda world: {"customerId": world["Customer"], "attribute": "student", "until": "2030-01-01T00:00:00Z"},
    ),
    "manageMembership": Act("staff", lambda world: {"paidMembershipId": world["PaidMembership"], "act": "CANCEL"}),
    "pauseMembership": Act(
        "ada", lambda world: {"paidMembershipId": world["PaidMembership"], "until": "2026-04-01T00:00:00Z"}
    ),
    "recordBenefitUse": Act("staff", lambda world: {"orderId": world["Order"], "kind": "FREE_SHIPPING"}),
    "recordPayment": Act("staff", lambda world: {"paymentId": world["OpenPayment"], "outcome": "PAID"}),
    "recordPaymentMethod": Act("staff", lambda world: {"customerId": world["Customer"], "reference": "pm_1"}),
    "refundMembership": Act("ada", lambda world: {"paidMembershipId": world["PaidMembership"]}),
    "resumeMembership": Act("ada", lambda world: {"paidMembershipId": world["PaidMembership"]}),
    "startMembership": Act("friend", lambda world: {"planId": world["MembershipPlan"], "priceMinor": 12_000}),
    "enrolMembers": Act(
        "staff",
        lambda world: {
            "programId": world["Program"],
            "termsVersion": "2",
            "source": "letter",
            "customers": [{"customerId": world["Newcomer"]}],
        },
    ),
    "closeProgram": Act("staff", lambda world: {"programId": world["Program"], "lastDay": "2030-01-01"}),
    "inviteToProgram": Act(
        "staff", lambda world: {"programId": world["DraftProgram"], "customerIds": [world["Customer"]]}
    ),
    "publishProgram": Act("staff", lambda world: {"programId": world["DraftProgram"]}),
    "decideReferral": Act(
        "staff",
        lambda world: {"referralId": world["Referral"], "version": 1, "verdict": "REJECT", "reason": "One household"},
    ),
    "recordReferralClick": Act("bea", lambda world: {"code": world.referral_code, "visitor": "v-1"}),
    "setReferralTerms": Act("staff", lambda world: {"programId": world["Program"], "holdDays": 14}),
    "recordVisit": Act(
        "staff", lambda world: {"membershipId": world["Membership"], "sourceId": "stay-1", "count": 2, "at": AT}
    ),
    "redeemReward": Act("ada", lambda world: {"rewardId": world["Reward"]}),
    "startPageCheck": Act("staff", lambda world: {"productId": world["Product"]}),
    "submitReview": Act("bea", lambda world: {"productId": world["Product"], "rating": 4, "body": BODY}),
    "undoModeration": Act("staff", lambda world: {"reviewId": world["Review"], "version": 2}),
    "reservePoints": Act("ada", lambda world: {"programId": world["Program"], "cart": "cart-2", "points": 10}),
    "commitHold": Act("staff", lambda world: {"holdId": world["PointsHold"], "orderId": world["Order"]}),
    "releaseHold": Act("ada", lambda world: {"holdId": world["PointsHold"]}),
    "useReward": Act("staff", lambda world: {"code": world.redemption_code, "orderId": world["Order"]}),
    "withdrawReview": Act("ada", lambda world: {"reviewId": world["Review"]}),
}
# what must have been done before, by the same caller
BEFORE = {
    "acceptReferral": "joinProgram",
    "resumeMembership": "cancelMembership",
    "resumeWebhookEndpoint": "pauseWebhookEndpoint",
    "undoModeration": "moderateReview",
}
# it takes the very token that would have to come again, and has no input to differ in
ENDING = {"signOutEverywhere"}
