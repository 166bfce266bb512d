"""One object of every node type: what everybody sees, and Ada's own things, which wait for decisions."""

from dataclasses import replace

from sqlmodel import Session

from core.webhooks import endpoints
from loyalty import adjustments, holds, memberships, paid, payments, referrals, rewards
from loyalty.adjustments import AdjustmentDraft
from loyalty.holds import HoldDraft
from loyalty.memberships import JoinDraft
from loyalty.paid import StartDraft
from loyalty.payments import Reported
from loyalty.tables import EarningRule, MembershipPayment, Reward, Tier, TierBasis
from publishing import page_checks
from publishing.outward import telling
from publishing.page_checks import CheckDraft
from tests.loyalty.sums import only
from tests.make import loyalty, photos, shop, ugc
from tests.make import paid as make_paid
from tests.make.shop import accepted

OWNER = "ada"


def numbers(session: Session, storefront_id: int) -> dict[str, int]:
    """The number of one object of each type, newly made."""
    shops = _of_shop(session, storefront_id)
    ada, friend = shops["Customer"], shop.customer(session, "friend", storefront_id=storefront_id)
    return {
        **shops,
        **_of_ugc(session, ada),
        **_of_loyalty(session, ada, friend),
        **_of_webhooks(session),
        "PageCheck": accepted(page_checks.start(session, CheckDraft(product_id=shops["Product"]))),
        **_of_paid(session, ada),
    }


def _of_shop(session: Session, storefront_id: int) -> dict[str, int]:
    hat = shop.product(session, "hat")
    order = shop.order(session, storefront_id=storefront_id, external_id="1", customer=OWNER)
    return {
        "Storefront": storefront_id,
        "Product": hat,
        "ProductFamily": shop.family(session, hat),
        "Customer": shop.customer(session, OWNER, storefront_id=storefront_id),
        "Order": order,
        "Refund": shop.refund(session, "1", ("line-1", 1, 100), storefront_id=storefront_id),
    }


def _of_ugc(session: Session, ada: int) -> dict[str, int]:
    review = ugc.review(session, author_id=ada)
    return {"Review": review, "Photo": photos.photo(session, customer_id=ada, review_id=review)}


def _of_loyalty(session: Session, ada: int, friend: int) -> dict[str, int]:
    # a program in which Ada was given points, took a reward for them and brought a friend
    tiers = (loyalty.tier("Base", 0),)
    drafted = loyalty.program_draft(loyalty.A_FRIEND, rewards=(loyalty.voucher(),), tiers=tiers)
    parts = replace(drafted, tier_or_basis=TierBasis.VISITS)
    program = loyalty.program(session, parts)
    member = accepted(memberships.join(session, JoinDraft(program, ada, "1", "TEST")))
    accepted(memberships.join(session, JoinDraft(program, friend, "1", "TEST")))
    code = accepted(referrals.create_code(session, customer_id=ada, program_id=program))
    gift = AdjustmentDraft(membership_id=member, points=110, reason="Welcome", actor_id=1)
    reward = only(session, Reward).id
    return {
        "Program": program,
        "EarningRule": only(session, EarningRule).id,
        "Reward": reward,
        "Tier": only(session, Tier).id,
        "Membership": member,
        "LedgerEntry": accepted(adjustments.adjust(session, gift)),
        "PointsHold": accepted(
            holds.reserve(session, HoldDraft(customer_id=ada, program_id=program, cart="cart-1", points=10))
        ),
        "Redemption": accepted(rewards.redeem(session, customer_id=ada, reward_id=reward)),
        "Referral": accepted(referrals.accept(session, customer_id=friend, code=code)),
    }


def _of_paid(session: Session, ada: int) -> dict[str, int]:
    # a plan that Ada has paid for, by her shop's word
    program = make_paid.program(session)
    accepted(memberships.join(session, JoinDraft(program, ada, "1", "TEST")))
    plan = make_paid.plan(session, program)
    mine = accepted(paid.start(session, StartDraft(ada, plan, make_paid.YEARLY.price_minor, with_trial=False)))
    payment = only(session, MembershipPayment).id
    return {
        "MembershipPlan": plan,
        "PaidMembership": mine,
        "MembershipPayment": accepted(payments.report(session, payment, Reported(is_paid=True))),
    }


def _of_webhooks(session: Session) -> dict[str, int]:
    made = accepted(endpoints.create(session, url="https://erp.example/hooks", event_types=["order.paid"]))
    return {
        "WebhookEndpoint": made.endpoint_id,
        "WebhookDelivery": accepted(telling.queue_test(session, made.endpoint_id)),
    }
