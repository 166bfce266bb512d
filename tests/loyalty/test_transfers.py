"""Points moved between members by staff: they last as long, and repay what the receiver owes."""

from dataclasses import replace

import pytest
from sqlmodel import Session

from core.refusal import Refusal
from loyalty import rewards, transfers
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import ClawbackPolicy, EntryKind, LedgerEntry, Lot, Membership, Reward
from loyalty.transfers import TransferDraft
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, balance, ledger_state, only, points, rows
from tests.make import loyalty as make
from tests.make import shop


def two_members(session: Session) -> tuple[int, int]:
    draft = make.program_draft(lot_months=1, clawback=ClawbackPolicy.UNLIMITED, rewards=(make.voucher(30),))
    program_id = make.program(session, draft)
    return make.member(session, program_id), make.member(session, program_id, "dominique")


def test_points_move_soonest_first_and_keep_their_expiry(session: Session, frozen_clock: FrozenClock) -> None:
    giver, receiver = two_members(session)
    make.spent(session, 100)
    frozen_clock.advance(days=10)
    make.spent(session, 50)

    sent, received = shop.accepted(transfers.transfer(session, TransferDraft(giver, receiver, 120, " Moved ", 7)))

    assert (points(session, giver), points(session, receiver)) == ([100, 50, -120], [120])
    first, second, *moved = rows(session, Lot)
    assert [(lot.remaining, lot.expires_at) for lot in moved] == [(100, first.expires_at), (20, second.expires_at)]
    out, into = session.get_one(LedgerEntry, sent), session.get_one(LedgerEntry, received)
    assert (out.kind, into.kind) == (EntryKind.TRANSFER_OUT, EntryKind.TRANSFER_IN)
    assert out.source_id == into.source_id
    assert into.params == {"count": 120, "reason": "Moved"}
    assert (into.actor_id, into.qualifying) == (7, 0)
    assert_adds_up(session)


def test_what_the_receiver_owes_is_repaid_first(session: Session) -> None:
    giver, receiver = two_members(session)
    order_id = make.spent(session, 30, customer="dominique", external_id="1001")
    customer_id = session.get_one(Membership, receiver).customer_id
    shop.accepted(rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id))
    make.refunded(session, "1001", 30, order_id=order_id)
    make.spent(session, 100)

    shop.accepted(transfers.transfer(session, TransferDraft(giver, receiver, 50, "Sorry", 7)))

    assert (balance(session, receiver).balance, balance(session, receiver).deficit) == (20, 0)
    assert_adds_up(session)


@pytest.mark.parametrize(
    "changed, refusal",
    [
        ({"points": 101}, Refusal(LoyaltyRefusal.NOT_ENOUGH_POINTS, (), {"count": 1})),
        ({"points": 0}, Refusal(LoyaltyRefusal.OUT_OF_RANGE, ("points",), {"minimum": 1, "maximum": 10**12})),
        ({"reason": " "}, Refusal(LoyaltyRefusal.REQUIRED, ("reason",))),
        ({"from_id": 1}, Refusal(LoyaltyRefusal.MEMBERSHIP_NOT_FOUND, ("fromMembershipId",))),
        ({"to_id": 1}, Refusal(LoyaltyRefusal.MEMBERSHIP_NOT_FOUND, ("toMembershipId",))),
    ],
)
def test_what_cannot_move_moves_nothing(session: Session, changed: dict[str, object], refusal: Refusal) -> None:
    giver, receiver = two_members(session)
    make.spent(session, 100)
    before = ledger_state(session)
    draft = TransferDraft(giver, receiver, 10, "Moved", 7)

    assert transfers.transfer(session, replace(draft, **changed)) == refusal  # type: ignore[arg-type]
    assert ledger_state(session) == before


def test_points_stay_in_their_program_and_with_another(session: Session) -> None:
    giver, _ = two_members(session)
    elsewhere = make.member(session, make.program(session), "dominique")
    refused = Refusal(LoyaltyRefusal.OTHER_PROGRAM, ("toMembershipId",))

    assert transfers.transfer(session, TransferDraft(giver, elsewhere, 1, "Moved", 7)) == refused
    assert transfers.transfer(session, TransferDraft(giver, giver, 1, "Moved", 7)) == refused
