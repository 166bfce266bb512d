"""The states of a review as one table: what leads where, and what leads nowhere."""

import itertools

import pytest

from core.refusal import Refusal
from ugc.refusals import ReviewRefusal
from ugc.states import TRANSITIONS, ReviewAct, ReviewStatus, transition

EVERYWHERE = list(itertools.product([None, *ReviewStatus], ReviewAct, ReviewStatus))
LEGAL = {(before, act, to) for (before, act), targets in TRANSITIONS.items() for to in targets}


@pytest.mark.parametrize("before, act, to", [step for step in EVERYWHERE if step not in LEGAL])
def test_what_the_table_does_not_have_is_refused(before: ReviewStatus | None, act: ReviewAct, to: ReviewStatus) -> None:
    refused = transition(before, act, to)

    assert refused == Refusal(ReviewRefusal.ILLEGAL_TRANSITION, (), {"from": before or "NONE", "act": act})


@pytest.mark.parametrize("before, act, to", sorted(LEGAL, key=str))
def test_what_the_table_has_is_allowed(before: ReviewStatus | None, act: ReviewAct, to: ReviewStatus) -> None:
    assert transition(before, act, to) is to


def test_every_state_is_reached_and_can_be_left() -> None:
    reached = {to for _, _, to in LEGAL}
    left = {before for before, _, _ in LEGAL if before is not None}

    assert reached == left == set(ReviewStatus)


@pytest.mark.parametrize("status", [status for status in ReviewStatus if status is not ReviewStatus.WITHDRAWN])
def test_an_author_may_withdraw_and_edit_at_any_time(status: ReviewStatus) -> None:
    assert transition(status, ReviewAct.WITHDRAW, ReviewStatus.WITHDRAWN) is ReviewStatus.WITHDRAWN
    assert transition(status, ReviewAct.EDIT, ReviewStatus.QUEUED) is ReviewStatus.QUEUED
