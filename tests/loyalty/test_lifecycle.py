"""A program goes from draft to its end by one table of moves; all others are refused, and change nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import product

import pytest
from sqlmodel import Session

from core.outbox import OutboxEvent
from core.refusal import Refusal
from loyalty import adjustments, lifecycle, memberships, nightly, rewards
from loyalty.adjustments import AdjustmentDraft
from loyalty.lifecycle import MOVES
from loyalty.memberships import JoinDraft
from loyalty.queries import catalogue
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import PUBLIC, Program, ProgramInvitation, ProgramState, Reward
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, balance, count, only, points, rows
from tests.make import loyalty as make
from tests.make import shop

LAST_DAY = date(2026, 4, 30)


def drafted(session: Session, **more: int | None) -> int:
    return make.program(session, replace(make.program_draft(zone="UTC"), is_draft=True, **more))  # type: ignore[arg-type]


def state(session: Session, program_id: int) -> ProgramState:
    session.expire_all()
    return session.get_one(Program, program_id).state


def joins(session: Session, program_id: int, customer: str) -> int | Refusal:
    customer_id = shop.customer(session, customer)
    return memberships.join(session, JoinDraft(program_id, customer_id, "1", "TEST"))


ACTS: dict[ProgramState, Callable[[Session, int], int | Refusal]] = {
    ProgramState.PILOT: lambda session, program: lifecycle.invite(session, program, [shop.customer(session, "ada")]),
    ProgramState.LIVE: lifecycle.publish,
    ProgramState.ENDED: lifecycle.end,
    ProgramState.CLOSING: lambda session, program: lifecycle.close(session, program, last_day=LAST_DAY),
}


@pytest.mark.parametrize("here, to", list(product(ProgramState, ACTS)))
def test_a_move_is_made_or_refused_as_the_table_says(
    session: Session, frozen_clock: FrozenClock, here: ProgramState, to: ProgramState
) -> None:
    program_id = make.program(session)
    session.get_one(Program, program_id).state = here
    session.flush()
    before = count(session, OutboxEvent)

    outcome = ACTS[to](session, program_id)

    if to in MOVES[here] or here is to is ProgramState.PILOT:
        assert (outcome, state(session, program_id)) == (program_id, to)
    else:
        over = {ProgramState.ENDED, ProgramState.CLOSING, ProgramState.CLOSED}
        says_ended = to is ProgramState.ENDED and here in over
        code = LoyaltyRefusal.PROGRAM_ENDED if says_ended else LoyaltyRefusal.ILLEGAL_TRANSITION
        assert outcome == Refusal(code, ("programId",))
        assert (state(session, program_id), count(session, OutboxEvent)) == (here, before)


@pytest.mark.parametrize("act", ACTS.values())
def test_a_program_that_is_not_there_is_refused(
    session: Session, frozen_clock: FrozenClock, act: Callable[[Session, int], int | Refusal]
) -> None:
    assert act(session, 1) == Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))


def test_a_draft_is_nobodys_and_a_pilot_those_of_who_was_invited(session: Session, frozen_clock: FrozenClock) -> None:
    unknown = Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))
    program_id = drafted(session)
    ada = shop.customer(session, "ada")

    as_draft = joins(session, program_id, "ada")
    shop.accepted(lifecycle.invite(session, program_id, [ada, ada]))
    session.expire_all()
    not_invited, invited = joins(session, program_id, "bea"), joins(session, program_id, "ada")
    make.spent(session, 10, customer="ada")

    assert as_draft == not_invited == unknown
    assert balance(session, shop.accepted(invited)).balance == 10
    assert count(session, ProgramInvitation) == 1
    assert not catalogue.programs_page(session, first=5, after=None, states=PUBLIC).items


def test_publishing_keeps_the_pilots_members_and_lets_everybody_in(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = drafted(session)
    shop.accepted(lifecycle.invite(session, program_id, [shop.customer(session, "ada")]))
    session.expire_all()
    early = shop.accepted(joins(session, program_id, "ada"))

    shop.accepted(lifecycle.publish(session, program_id))
    session.expire_all()

    assert isinstance(joins(session, program_id, "bea"), int)
    assert balance(session, early).balance == 0
    assert [row.name for row in rows(session, OutboxEvent) if row.name.startswith("Program")] == ["ProgramPublished"]


@pytest.mark.parametrize(
    "customer_ids, code, field",
    [
        ([], LoyaltyRefusal.REQUIRED, ("customerIds",)),
        ([1] * 201, LoyaltyRefusal.TOO_MANY, ("customerIds",)),
        ([1], LoyaltyRefusal.CUSTOMER_NOT_FOUND, ("customerIds", "0")),
    ],
)
def test_an_invitation_of_nobody_leaves_a_draft(
    session: Session, frozen_clock: FrozenClock, customer_ids: list[int], code: LoyaltyRefusal, field: tuple[str, ...]
) -> None:
    program_id = drafted(session)

    refused = lifecycle.invite(session, program_id, customer_ids)

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field) == (code, field)
    assert (state(session, program_id), count(session, ProgramInvitation)) == (ProgramState.DRAFT, 0)


def test_a_closing_program_lets_points_be_spent_through_its_last_day(
    session: Session, frozen_clock: FrozenClock
) -> None:
    draft = make.program_draft(zone="UTC", pending_days=90, rewards=(make.voucher(40),))
    program_id = make.program(session, draft)
    member = make.member(session, program_id)
    make.spent(session, 100)
    shop.accepted(lifecycle.close(session, program_id, last_day=LAST_DAY))
    session.expire_all()

    # nobody earns any more; points that would have waited beyond the last day are there on it
    make.spent(session, 100)
    shop.accepted(adjustments.adjust(session, AdjustmentDraft(member, 5, "Sorry", actor_id=1)))
    frozen_clock.move_to(datetime(2026, 4, 30, 23, 59, tzinfo=UTC))
    customer_id = shop.customer(session, "camille")
    shop.accepted(rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id))
    still_there = balance(session, member).balance
    frozen_clock.move_to(datetime(2026, 5, 1, tzinfo=UTC))
    without_the_job = balance(session, member).balance
    closed = lifecycle.close_due(session), lifecycle.close_due(session)
    nightly.run(session, member)

    assert (still_there, without_the_job, closed) == (60, 0, (1, 0))
    assert state(session, program_id) is ProgramState.CLOSED
    assert sum(points(session, member)) == 0
    assert_adds_up(session)


def test_members_are_told_before_a_program_closes(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = make.program(session)

    today = lifecycle.close(session, program_id, last_day=date(2026, 3, 2))

    assert today == Refusal(LoyaltyRefusal.DATE_NOT_AHEAD, ("lastDay",))
    assert state(session, program_id) is ProgramState.LIVE


def test_a_customer_is_in_several_programs_and_each_goes_its_way(session: Session, frozen_clock: FrozenClock) -> None:
    first, second, third = (make.program(session) for _ in range(3))
    members = [make.member(session, program) for program in (first, second, third)]
    make.spent(session, 10)
    shop.accepted(lifecycle.end(session, first))
    session.expire_all()

    make.spent(session, 10)

    assert [balance(session, member).balance for member in members] == [10, 20, 20]
    assert (state(session, first), state(session, second)) == (ProgramState.ENDED, ProgramState.LIVE)
