"""MOVES: every act that a paid membership's state allows, and where it leads. What else an act does is elsewhere."""

from collections.abc import Mapping
from enum import StrEnum

from loyalty.tables.paid import PaidState as State


class PaidAct(StrEnum):
    """What can happen to a paid membership.

    PAID, DECLINED: what came of asking for the next period's money. OVERDUE: the period ended and nobody has answered.
    GIVE_UP: no attempt is left and the grace is over. PERIOD_OVER: what was paid for, or the trial, has ended.
    """

    PAID = "PAID"
    DECLINED = "DECLINED"
    OVERDUE = "OVERDUE"
    GIVE_UP = "GIVE_UP"
    CANCEL = "CANCEL"
    RESUME = "RESUME"
    RESUME_TRIAL = "RESUME_TRIAL"
    PAUSE = "PAUSE"
    PERIOD_OVER = "PERIOD_OVER"
    REFUND = "REFUND"


MOVES: Mapping[tuple[State, PaidAct], State] = {
    (State.STARTING, PaidAct.PAID): State.ACTIVE,
    (State.STARTING, PaidAct.GIVE_UP): State.ENDED,
    (State.STARTING, PaidAct.CANCEL): State.ENDED,
    (State.TRIALING, PaidAct.PAID): State.ACTIVE,
    (State.TRIALING, PaidAct.DECLINED): State.PAST_DUE,
    (State.TRIALING, PaidAct.OVERDUE): State.PAST_DUE,
    (State.TRIALING, PaidAct.CANCEL): State.CANCELLING,
    (State.TRIALING, PaidAct.PERIOD_OVER): State.ENDED,
    (State.ACTIVE, PaidAct.PAID): State.ACTIVE,
    (State.ACTIVE, PaidAct.DECLINED): State.PAST_DUE,
    (State.ACTIVE, PaidAct.OVERDUE): State.PAST_DUE,
    (State.ACTIVE, PaidAct.CANCEL): State.CANCELLING,
    (State.ACTIVE, PaidAct.PAUSE): State.PAUSED,
    (State.ACTIVE, PaidAct.PERIOD_OVER): State.ENDED,
    (State.ACTIVE, PaidAct.REFUND): State.ENDED,
    (State.PAST_DUE, PaidAct.PAID): State.ACTIVE,
    (State.PAST_DUE, PaidAct.DECLINED): State.PAST_DUE,
    (State.PAST_DUE, PaidAct.GIVE_UP): State.LAPSED,
    # nothing is paid for: there is no period to wait for
    (State.PAST_DUE, PaidAct.CANCEL): State.ENDED,
    (State.CANCELLING, PaidAct.RESUME): State.ACTIVE,
    (State.CANCELLING, PaidAct.RESUME_TRIAL): State.TRIALING,
    (State.CANCELLING, PaidAct.PERIOD_OVER): State.ENDED,
    (State.CANCELLING, PaidAct.REFUND): State.ENDED,
    (State.PAUSED, PaidAct.RESUME): State.ACTIVE,
    (State.PAUSED, PaidAct.CANCEL): State.ENDED,
    (State.PAUSED, PaidAct.REFUND): State.ENDED,
}


def after(state: State, act: PaidAct) -> State | None:
    """Where the act leads from this state; None: it is not allowed there."""
    return MOVES.get((state, act))
