"""What an order means to its buyer's memberships: it earns once, and every later version is brought into line.

Refunds are loyalty.refunds', the amounts order_points'. Each reaction to an order ends here, whatever happened: the
ledger is brought to what the order is worth now, so repeats and late arrivals change nothing.
"""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from loyalty import (
    amounts,
    clawback,
    entitlements,
    expiry,
    ledger,
    order_points,
    periods,
    qualification,
    rates,
    referrals,
    refunds,
    tiers,
)
from loyalty.clawback import Claim, Standing
from loyalty.explanation import Explanation, ExplanationCode
from loyalty.ledger import Account, Posting, Source
from loyalty.order_points import Terms
from loyalty.queries import accounts
from loyalty.queries import programs as queries
from loyalty.tables import EntryKind, LedgerEntry, Program, RuleKind, SourceType
from shop import orders
from shop.facts import OrderFact
from shop.tables import OrderState


def settle(session: Session, order_id: int, *, at: datetime) -> None:
    """Bring every membership of the buyer, and a referral that waits for the order, into line with the order as it is.

    `at` is when the shop told us: rules, multipliers and memberships count as of then.
    """
    order = orders.fact(session, order_id)
    if order is None or order.customer_id is None:
        return
    for membership_id, _ in accounts.of_customer(session, order.customer_id):
        _settle_membership(session, membership_id, order, at=at)
        _count_spending(session, membership_id, order, at=at)
    referrals.settle(session, order, at=at)


def _settle_membership(session: Session, membership_id: int, order: OrderFact, *, at: datetime) -> None:
    source = Source(SourceType.ORDER, order.id)
    refunds.give_home(session, membership_id, order, at=at)
    level = tiers.settle(session, membership_id)
    account = expiry.opened(session, membership_id)
    found = clawback.standing(session, membership_id, source)
    if found.earns:
        terms = _terms_had(session, account, found)
        _align(session, account, order, found, terms, at=at)
    else:
        of_tier = level.tier.multiplier_basis_points if level.tier else amounts.ONCE
        multiplier = entitlements.multiplied(session, account.row.customer_id, of_tier)
        first = _terms_now(session, account, order, multiplier_basis_points=multiplier, at=at)
        if first is None:
            return
        terms = first
        _earn_first(session, account, order, terms, at=at)
    refunds.claw(session, membership_id, order, terms, at=at)
    _settle_tier(session, membership_id, source, before=found.qualifying)


def _terms_now(
    session: Session, account: Account, order: OrderFact, *, multiplier_basis_points: int, at: datetime
) -> Terms | None:
    """The terms on which an order earns for the first time; None where it does not.

    It earns when it is paid, the program is live and takes its currency, and the member had joined by then.
    """
    program = account.program
    if order.state is not OrderState.PAID or not program.is_running or account.row.joined_at > at:
        return None
    rules = queries.rules_at(session, program.id, RuleKind.ORDER_SPEND, at)
    rate = rates.micros(session, program, order.currency, at=at)
    if not rules or rate == rates.NOT_ACCEPTED:
        return None
    return Terms(rules, multiplier_basis_points, rate, program.rounding, program.refund_method)


def _terms_had(session: Session, account: Account, found: Standing) -> Terms:
    first = found.earns[0]
    rules = queries.rules(session, [part["ruleId"] for part in first.breakdown])
    multiplier = first.multiplier_basis_points or amounts.ONCE
    return Terms(rules, multiplier, first.rate_micros, account.program.rounding, account.program.refund_method)


def _earn_first(session: Session, account: Account, order: OrderFact, terms: Terms, *, at: datetime) -> None:
    """Before any refund: each of those gets a row of its own."""
    worth = order_points.worth(order, terms, refunds=())
    code = ExplanationCode.ORDER_EARNED if worth.points else ExplanationCode.ORDER_EARNED_NOTHING
    posting = replace(
        _posting(account, order, points=worth.points, at=at),
        explanation=Explanation(code, {"count": worth.points, "order": order.external_id}),
        breakdown=worth.by_rule,
        multiplier_basis_points=terms.multiplier_basis_points,
        rate_micros=terms.rate_micros,
    )
    ledger.earn(session, account, posting, points=worth.points, shelf=expiry.shelf(account.program, at))


def _align(
    session: Session, account: Account, order: OrderFact, found: Standing, terms: Terms, *, at: datetime
) -> None:
    """Earn or claw back the difference that a later version of the order makes, with the refunds settled so far."""
    settled = refunds.known(found.history)
    worth = order_points.worth(order, terms, refunds=settled)
    if worth.points > found.net:
        _earn_more(session, account, order, found.earns[0], points=worth.points - found.net, at=at)
    elif order.state is not OrderState.PAID or worth.points < found.net - found.expired:
        _claw(session, account, order, should_have=worth.points, at=at)


def _earn_more(
    session: Session, account: Account, order: OrderFact, first: LedgerEntry, *, points: int, at: datetime
) -> None:
    posting = replace(
        _posting(account, order, points=points, at=at),
        # all rows of an order count toward tiers on one day, so that they leave the window together
        qualifying_day=first.qualifying_day,
        multiplier_basis_points=first.multiplier_basis_points,
        rate_micros=first.rate_micros,
    )
    ledger.earn(session, account, posting, points=points, shelf=expiry.shelf(account.program, at))


def _claw(session: Session, account: Account, order: OrderFact, *, should_have: int, at: datetime) -> None:
    is_paid = order.state is OrderState.PAID
    claim = Claim(
        key=f"ORDER:{order.id}:{order.version}",
        code=ExplanationCode.ORDER_CHANGED if is_paid else ExplanationCode.ORDER_CANCELLED,
        params={"order": order.external_id},
        occurred_at=at,
    )
    source = Source(SourceType.ORDER, order.id)
    clawback.down_to(session, account.id, source, should_have=should_have, claim=claim)


def _posting(account: Account, order: OrderFact, *, points: int, at: datetime) -> Posting:
    return Posting(
        kind=EntryKind.EARN,
        key=f"ORDER:{order.id}:{order.version}",
        source=Source(SourceType.ORDER, order.id),
        explanation=Explanation(ExplanationCode.ORDER_EARNED_MORE, {"count": points, "order": order.external_id}),
        occurred_at=at,
        qualifying=points,
        qualifying_day=periods.local_date(at, account.program.zone),
    )


def _count_spending(session: Session, membership_id: int, order: OrderFact, *, at: datetime) -> None:
    row = accounts.locked(session, membership_id)
    difference = qualification.spent(session, row, session.get_one(Program, row.program_id), order, at=at)
    tiers.settle_difference(session, membership_id, difference)


def _settle_tier(session: Session, membership_id: int, source: Source, *, before: int) -> None:
    after = clawback.standing(session, membership_id, source).qualifying
    if after < before:
        tiers.settle_after_return(session, membership_id)
    elif after > before:
        tiers.settle(session, membership_id)
