"""Points held for a cart: as many as there are, resolved once, never lost, and fifty at once are one."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from core.db import Database
from core.refusal import Refusal
from loyalty import holds, memberships
from loyalty.drafts import ProgramDraft
from loyalty.holds import HoldDraft
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import HoldState, LedgerEntry, Membership, PointsHold
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, balance, count, ledger_state, only
from tests.make import loyalty as make
from tests.make import shop
from tests.make.shop import accepted
from worker.cashier import Cashier


def member_with(session: Session, euros: int, draft: ProgramDraft | None = None) -> Membership:
    member = make.member(session, make.program(session, draft or make.program_draft()))
    make.spent(session, euros)
    return session.get_one(Membership, member)


def reserve(
    session: Session, member: Membership, points: int, *, cart: str = "cart", minutes: int = 30
) -> int | Refusal:
    draft = HoldDraft(
        customer_id=member.customer_id, program_id=member.program_id, cart=cart, points=points, minutes=minutes
    )
    return holds.reserve(session, draft)


def held(session: Session, hold_id: int | Refusal) -> PointsHold:
    session.flush()
    session.expire_all()
    return session.get_one(PointsHold, accepted(hold_id))


def order(session: Session, customer: str = "camille") -> int:
    """A paid order whose points are not settled."""
    return shop.order(session, shop.line(1000), customer=customer)


def test_a_hold_takes_what_there_is_and_keeps_what_was_asked(session: Session, frozen_clock: FrozenClock) -> None:
    member = member_with(session, 100)

    hold = held(session, reserve(session, member, 130))

    assert (hold.requested, hold.points, hold.state) == (130, 100, HoldState.HELD)
    assert balance(session, member.id).balance == 0
    assert reserve(session, member, 1, cart="other") == Refusal(
        LoyaltyRefusal.NOT_ENOUGH_POINTS, ("points",), {"count": 1}
    )
    assert_adds_up(session)


def test_a_cart_that_changes_has_a_new_hold_in_place_of_the_old(session: Session, frozen_clock: FrozenClock) -> None:
    member = member_with(session, 100)
    former = reserve(session, member, 80)

    hold = held(session, reserve(session, member, 90))

    assert (hold.points, held(session, former).state) == (90, HoldState.RELEASED)
    assert balance(session, member.id).balance == 10
    assert_adds_up(session)


def test_an_order_takes_a_part_and_the_rest_goes_back(session: Session, frozen_clock: FrozenClock) -> None:
    member = member_with(session, 100)
    hold_id, order_id = accepted(reserve(session, member, 80)), order(session)

    outcomes = [holds.spend(session, hold_id=hold_id, order_id=order_id, points=50) for _ in range(2)]

    assert outcomes == [hold_id, hold_id]
    assert (held(session, hold_id).state, held(session, hold_id).committed) == (HoldState.COMMITTED, 50)
    assert balance(session, member.id).balance == 50
    assert [entry.points for entry in session.exec(select(LedgerEntry).order_by(col(LedgerEntry.id)))] == [100, -80, 30]
    assert_adds_up(session)


def test_a_refund_brings_home_what_the_order_took(session: Session, frozen_clock: FrozenClock) -> None:
    member = member_with(session, 100)
    hold_id = accepted(reserve(session, member, 80))
    order_id = make.spent(session, 10, external_id="paid-with-points")
    holds.spend(session, hold_id=hold_id, order_id=order_id, points=50)
    assert balance(session, member.id).balance == 60

    for euros in (3, 7):
        make.refunded(session, "paid-with-points", euros, order_id=order_id)

    # 15 and 35 came home, and the 10 that the order had earned went
    assert balance(session, member.id).balance == 100
    assert_adds_up(session)


@pytest.mark.parametrize("resolved", ["released", "committed", "over"])
def test_a_hold_is_resolved_once(session: Session, frozen_clock: FrozenClock, resolved: str) -> None:
    member = member_with(session, 100)
    hold_id, order_id = accepted(reserve(session, member, 80)), order(session)
    if resolved == "released":
        holds.release(session, hold_id=hold_id, customer_id=member.customer_id)
    elif resolved == "committed":
        holds.spend(session, hold_id=hold_id, order_id=order(session))
    else:
        frozen_clock.advance(minutes=30)
    before = ledger_state(session)

    refused = holds.spend(session, hold_id=hold_id, order_id=order_id)

    assert refused == Refusal(LoyaltyRefusal.HOLD_OVER, ("holdId",))
    assert ledger_state(session) == before


def test_only_its_customer_ends_it_and_only_their_order_takes_it(session: Session, frozen_clock: FrozenClock) -> None:
    member = member_with(session, 100)
    hold_id, stranger = accepted(reserve(session, member, 80)), shop.customer(session, "stranger")
    before = ledger_state(session)

    outcomes = [
        holds.release(session, hold_id=hold_id, customer_id=stranger),
        holds.spend(session, hold_id=hold_id, order_id=order(session, "stranger")),
        holds.spend(session, hold_id=hold_id, order_id=order(session), points=81),
        holds.spend(session, hold_id=hold_id + 1, order_id=order(session)),
        reserve(session, member, 1, minutes=0),
    ]

    assert outcomes == [
        Refusal(LoyaltyRefusal.HOLD_NOT_FOUND, ("holdId",)),
        Refusal(LoyaltyRefusal.ORDER_NOT_FOUND, ("orderId",)),
        Refusal(LoyaltyRefusal.OUT_OF_RANGE, ("points",), {"minimum": 1, "maximum": 80}),
        Refusal(LoyaltyRefusal.HOLD_NOT_FOUND, ("holdId",)),
        Refusal(LoyaltyRefusal.OUT_OF_RANGE, ("minutes",), {"minimum": 1, "maximum": 10080}),
    ]
    assert ledger_state(session) == before


@pytest.mark.parametrize("returned_days, home", [(7, 80), (0, 0)])
def test_held_points_do_not_expire_and_come_home_late_as_returns_do(
    session: Session, frozen_clock: FrozenClock, returned_days: int, home: int
) -> None:
    member = member_with(session, 100, replace(make.program_draft(lot_months=1), returned_days=returned_days))
    frozen_clock.advance(days=30)
    hold_id = accepted(reserve(session, member, 80, minutes=10080))
    frozen_clock.advance(days=3)

    taken = holds.release(session, hold_id=hold_id, customer_id=member.customer_id)

    assert taken == hold_id
    assert balance(session, member.id).balance == home
    assert_adds_up(session)


def test_who_leaves_forfeits_what_was_held_too(session: Session, frozen_clock: FrozenClock) -> None:
    member = member_with(session, 100)
    hold_id = reserve(session, member, 80)

    accepted(memberships.leave(session, customer_id=member.customer_id, program_id=member.program_id))

    assert held(session, hold_id).state is HoldState.RELEASED
    assert member.balance == 0
    assert_adds_up(session)


def test_a_worker_gives_back_what_was_held_for_too_long(database: Database, frozen_clock: FrozenClock) -> None:
    def prepare(session: Session) -> int:
        member = member_with(session, 100)
        accepted(reserve(session, member, 80))
        return member.id

    member_id = database.writing(prepare)
    cashier = Cashier(database)

    early = cashier.drain()
    frozen_clock.advance(minutes=30)
    late = cashier.drain()

    assert (early, late, cashier.drain()) == (0, 1, 0)
    with database.reading() as session:
        assert session.get_one(Membership, member_id).balance == 100
        assert_adds_up(session)


def test_fifty_holds_at_once_of_one_carts_worth_give_one(database: Database, frozen_clock: FrozenClock) -> None:
    member_id = database.writing(lambda session: member_with(session, 100).id)

    def one(number: int) -> int | Refusal:
        return database.writing(
            lambda session: reserve(session, session.get_one(Membership, member_id), 100, cart=f"cart-{number}")
        )

    with ThreadPoolExecutor(50) as threads:
        outcomes = list(threads.map(one, range(50)))

    refused = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert refused == [Refusal(LoyaltyRefusal.NOT_ENOUGH_POINTS, ("points",), {"count": 100})] * 49
    with database.reading() as session:
        assert (only(session, Membership).balance, count(session, PointsHold)) == (0, 1)
        assert_adds_up(session)
