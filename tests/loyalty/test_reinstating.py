"""Staff give expired points back within the program's days, once, and forgive what is owed."""

from dataclasses import replace

from sqlmodel import Session

from core.refusal import Refusal
from loyalty import nightly, reinstating, rewards
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import ClawbackPolicy, Debt, EntryKind, LedgerEntry, Lot, Membership, Reward
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, balance, ledger_state, only, points, rows
from tests.make import loyalty as make
from tests.make import shop


def expired(session: Session, frozen_clock: FrozenClock) -> tuple[int, int, int]:
    """A member whose 100 points of an order have expired: member, order and entry."""
    draft = replace(make.program_draft(lot_months=1), reinstate_days=20)
    member = make.member(session, make.program(session, draft))
    order_id = make.spent(session, 100, external_id="1001")
    frozen_clock.advance(days=40)
    nightly.run(session, member)
    return member, order_id, rows(session, LedgerEntry)[-1].id


def test_expired_points_come_back_once_and_expire_again(session: Session, frozen_clock: FrozenClock) -> None:
    member, _, entry_id = expired(session, frozen_clock)

    given = shop.accepted(reinstating.reinstate(session, entry_id=entry_id, reason="Illness", actor_id=7))

    entry = session.get_one(LedgerEntry, given)
    assert (entry.kind, entry.points, entry.params) == (EntryKind.REINSTATE, 100, {"count": 100, "reason": "Illness"})
    assert balance(session, member).balance == 100
    before = ledger_state(session)
    again = reinstating.reinstate(session, entry_id=entry_id, reason="Illness", actor_id=7)
    assert again == Refusal(LoyaltyRefusal.CONFLICT, ("entryId",))
    assert ledger_state(session) == before
    frozen_clock.advance(days=40)
    nightly.run(session, member)
    assert points(session, member) == [100, -100, 100, -100]
    assert_adds_up(session)


def test_a_return_takes_reinstated_points_of_its_order_and_expired_ones_never(
    session: Session, frozen_clock: FrozenClock
) -> None:
    member, order_id, entry_id = expired(session, frozen_clock)
    make.spent(session, 50)
    make.refunded(session, "1001", 30, order_id=order_id)
    shop.accepted(reinstating.reinstate(session, entry_id=entry_id, reason="Illness", actor_id=7))
    make.refunded(session, "1001", 70, order_id=order_id)

    assert points(session, member) == [100, -100, 50, 100, -30, -70]
    assert only_lots(session) == [0, 50]
    assert_adds_up(session)


def only_lots(session: Session) -> list[int]:
    return [lot.remaining for lot in rows(session, Lot)]


def test_after_the_programs_days_it_is_too_late(session: Session, frozen_clock: FrozenClock) -> None:
    _, _, entry_id = expired(session, frozen_clock)
    earning = rows(session, LedgerEntry)[0].id
    frozen_clock.advance(days=20)
    before = ledger_state(session)

    late = reinstating.reinstate(session, entry_id=entry_id, reason="Illness", actor_id=7)
    other = reinstating.reinstate(session, entry_id=earning, reason="Illness", actor_id=7)

    assert late == Refusal(LoyaltyRefusal.EXPIRED, ("entryId",), {"days": 20})
    assert other == Refusal(LoyaltyRefusal.ENTRY_NOT_FOUND, ("entryId",))
    assert ledger_state(session) == before


def test_what_is_owed_is_forgiven_with_a_reason(session: Session) -> None:
    draft = make.program_draft(clawback=ClawbackPolicy.UNLIMITED, rewards=(make.voucher(100),))
    member = make.member(session, make.program(session, draft))
    order_id = make.spent(session, 100, external_id="1001")
    customer_id = session.get_one(Membership, member).customer_id
    shop.accepted(rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id))
    make.refunded(session, "1001", 100, order_id=order_id)

    shop.accepted(reinstating.write_off(session, membership_id=member, reason="Our mistake", actor_id=7))
    nothing = reinstating.write_off(session, membership_id=member, reason="Our mistake", actor_id=7)

    assert nothing == Refusal(LoyaltyRefusal.NOTHING_OWED, ("membershipId",))
    session.expire_all()
    assert (session.get_one(Membership, member).balance, only(session, Debt).remaining) == (0, 0)
    assert points(session, member) == [100, -100, -100, 100]
    assert_adds_up(session)
