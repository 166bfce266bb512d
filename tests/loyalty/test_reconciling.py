"""A replay of entries and allocations gives what is stored; what somebody wrote past the ledger is found and mended."""

from sqlmodel import Session, col, update

from loyalty import reconciling, rewards
from loyalty.reconciling import Cache, Drift, Found
from loyalty.tables import ClawbackPolicy, Debt, Lot, Membership, Reward
from tests.loyalty.sums import assert_adds_up, ledger_state, only, rows
from tests.make import loyalty as make
from tests.make import shop


def indebted(session: Session) -> int:
    """A member with an emptied lot and a debt of 100 of which 30 are repaid."""
    draft = make.program_draft(clawback=ClawbackPolicy.UNLIMITED, rewards=(make.voucher(100),))
    member = make.member(session, make.program(session, draft))
    order_id = make.spent(session, 100, external_id="1001")
    customer_id = session.get_one(Membership, member).customer_id
    shop.accepted(rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id))
    make.refunded(session, "1001", 100, order_id=order_id)
    make.spent(session, 30)
    return member


def test_a_sound_ledger_is_its_own_replay(session: Session) -> None:
    member = indebted(session)
    before = ledger_state(session)

    assert reconciling.reconcile(session, after=0, limit=10, repairing=True) == Found([], member)
    assert reconciling.reconcile(session, after=member, limit=10) == Found((), None)
    assert ledger_state(session) == before


def test_what_was_written_past_the_ledger_is_found_and_mended(session: Session) -> None:
    member = indebted(session)
    before = ledger_state(session)
    lot, debt = rows(session, Lot)[0].id, only(session, Debt).id
    session.exec(update(Lot).where(col(Lot.id) == lot).values(remaining=7))
    session.exec(update(Debt).values(remaining=1))
    session.exec(update(Membership).values(balance=500, deficit=1))

    found = reconciling.reconcile(session, after=0, limit=10)

    assert found.drifts == [
        Drift(member, Cache.LOT, lot, 7, 0),
        Drift(member, Cache.DEBT, debt, 1, 70),
        Drift(member, Cache.BALANCE, member, 500, -70),
        Drift(member, Cache.DEFICIT, member, 1, 70),
    ]
    assert reconciling.reconcile(session, after=0, limit=10, repairing=True).drifts == found.drifts
    assert ledger_state(session) == before
    assert_adds_up(session)
