"""The states of a review's text and the acts that move it, as one table. When an act is timely, its module says."""

from enum import StrEnum

from core.refusal import Refusal
from ugc.refusals import ReviewRefusal


class ReviewStatus(StrEnum):
    """Where a review stands. Only PUBLISHED is public and counted; whether a person decided is a flag apart."""

    QUEUED = "QUEUED"
    WITHHELD = "WITHHELD"
    PUBLISHED = "PUBLISHED"
    REJECTED = "REJECTED"
    WITHDRAWN = "WITHDRAWN"


class ReviewAct(StrEnum):
    """What can be done to a review: SUBMIT, EDIT and WITHDRAW by its author, the others by a moderator."""

    SUBMIT = "SUBMIT"
    EDIT = "EDIT"
    WITHDRAW = "WITHDRAW"
    APPROVE = "APPROVE"
    REJECT = "REJECT"
    UNDO = "UNDO"


_S, _A = ReviewStatus, ReviewAct
WAITING = frozenset({_S.QUEUED, _S.WITHHELD})
_SCREENED = WAITING | {_S.PUBLISHED}

# (from, act) -> the states it may lead to. Screens choose among those of SUBMIT and EDIT; UNDO goes back to the former.
TRANSITIONS: dict[tuple[ReviewStatus | None, ReviewAct], frozenset[ReviewStatus]] = {
    (None, _A.SUBMIT): _SCREENED,
    (_S.QUEUED, _A.EDIT): _SCREENED,
    (_S.QUEUED, _A.APPROVE): frozenset({_S.PUBLISHED}),
    (_S.QUEUED, _A.REJECT): frozenset({_S.REJECTED}),
    (_S.QUEUED, _A.WITHDRAW): frozenset({_S.WITHDRAWN}),
    (_S.WITHHELD, _A.EDIT): _SCREENED,
    (_S.WITHHELD, _A.APPROVE): frozenset({_S.PUBLISHED}),
    (_S.WITHHELD, _A.REJECT): frozenset({_S.REJECTED}),
    (_S.WITHHELD, _A.WITHDRAW): frozenset({_S.WITHDRAWN}),
    (_S.PUBLISHED, _A.EDIT): _SCREENED,
    # the first look of a person at what the screens let through
    (_S.PUBLISHED, _A.APPROVE): frozenset({_S.PUBLISHED}),
    (_S.PUBLISHED, _A.REJECT): frozenset({_S.REJECTED}),
    (_S.PUBLISHED, _A.WITHDRAW): frozenset({_S.WITHDRAWN}),
    (_S.PUBLISHED, _A.UNDO): _SCREENED,
    (_S.REJECTED, _A.EDIT): _SCREENED,
    (_S.REJECTED, _A.WITHDRAW): frozenset({_S.WITHDRAWN}),
    (_S.REJECTED, _A.UNDO): _SCREENED,
    (_S.WITHDRAWN, _A.EDIT): _SCREENED,
}


def transition(before: ReviewStatus | None, act: ReviewAct, to: ReviewStatus) -> ReviewStatus | Refusal:
    """`to` when `act` may lead there from `before`, else ILLEGAL_TRANSITION naming the state and the act."""
    if to in TRANSITIONS.get((before, act), frozenset()):
        return to
    return illegal(before, act)


def illegal(before: ReviewStatus | None, act: ReviewAct) -> Refusal:
    """The refusal of an act that this state does not allow."""
    return Refusal(ReviewRefusal.ILLEGAL_TRANSITION, (), {"from": before.value if before else "NONE", "act": act.value})
