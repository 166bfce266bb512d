"""Decide about reviews: approve, reject, undo. What a moderator reads beforehand is ugc.cases'."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from ugc import moves
from ugc.moves import Act, State
from ugc.queries import reviews as queries
from ugc.reasons import ReasonCode
from ugc.refusals import ReviewRefusal
from ugc.states import ReviewAct, ReviewStatus, illegal, transition
from ugc.tables.reviews import Actor, ModerationDecision, Review

UNDO_WITHIN = timedelta(minutes=10)
_UNDONE = frozenset({ReviewAct.APPROVE, ReviewAct.REJECT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Who decides on which revision, and the version of the review that they were shown."""

    review_id: int
    revision_no: int
    version: int
    staff_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """Who takes back their own last decision, and the version of the review that it made."""

    review_id: int
    version: int
    staff_id: int


def approve(session: Session, decision: Decision) -> int | Refusal:
    """Make the newest revision public, or confirm that it is; returns the review's id.

    - Refused: CONFLICT when the review moved on meanwhile or a newer revision is there; ILLEGAL_TRANSITION when there
      is nothing to decide, a second approval included.
    - Of two at once one wins; the other gets CONFLICT with what the review is now.
    """
    review = _case(session, decision)
    if isinstance(review, Refusal):
        return review
    if decision.revision_no != review.latest_revision_no:
        return moves.conflict(session, review.id)
    to = approvable(review)
    if isinstance(to, Refusal):
        return to
    newest = queries.revision(session, review.id, review.latest_revision_no)
    state = State(status=to, newest=newest, public=newest, decided=True, published_at=review.published_at)
    act = _act(decision, ReviewAct.APPROVE, before=review.latest_status, to=to)
    return moves.make(session, review, act, state) or review.id


def approvable(review: Review) -> ReviewStatus | Refusal:
    """What approving the newest revision would lead to; ILLEGAL_TRANSITION when there is nothing left to approve."""
    if review.latest_status is ReviewStatus.PUBLISHED and review.decided:
        return illegal(review.latest_status, ReviewAct.APPROVE)
    return transition(review.latest_status, ReviewAct.APPROVE, ReviewStatus.PUBLISHED)


def reject(session: Session, decision: Decision, *, reason: ReasonCode | None) -> int | Refusal:
    """Refuse the newest revision, or take down the public one, for a coded reason; returns the review's id.

    - An edit that is refused leaves the last good revision public; that one may be refused next, by its own number.
    - Refused: REASON_REQUIRED without a reason; CONFLICT and ILLEGAL_TRANSITION as for `approve`.
    """
    if reason is None:
        return Refusal(ReviewRefusal.REASON_REQUIRED, ("reason",))
    review = _case(session, decision)
    if isinstance(review, Refusal):
        return review
    before = _status_of(review, decision.revision_no)
    if before is None:
        return moves.conflict(session, review.id)
    to = transition(before, ReviewAct.REJECT, ReviewStatus.REJECTED)
    if isinstance(to, Refusal):
        return to
    act = replace(_act(decision, ReviewAct.REJECT, before=before, to=to), reason=reason)
    return moves.make(session, review, act, _rejected_state(session, review, decision.revision_no)) or review.id


def undo(session: Session, undo: Undo) -> int | Refusal:
    """Restore exactly what the review was before one's own last decision; returns its id.

    - The same moderator, within ten minutes, and nothing has happened to the review since.
    - Refused: CONFLICT, NOTHING_TO_UNDO, NOT_YOUR_DECISION, UNDO_TOO_LATE; later it takes another decision.
    - A new row of the log; counters, visibility and whatever reacts to it follow.
    """
    review = queries.review(session, undo.review_id)
    if review is None:
        return Refusal(ReviewRefusal.REVIEW_NOT_FOUND, ("reviewId",))
    if review.version != undo.version:
        return moves.conflict(session, review.id)
    undone = queries.act_before(session, review.id, review.version)
    if undone is None or undone.from_status is None or undone.act not in _UNDONE:
        return Refusal(ReviewRefusal.NOTHING_TO_UNDO, ("reviewId",))
    if undone.staff_id != undo.staff_id:
        return Refusal(ReviewRefusal.NOT_YOUR_DECISION, ("reviewId",))
    if clock.now() - undone.at > UNDO_WITHIN:
        return Refusal(ReviewRefusal.UNDO_TOO_LATE, ("reviewId",), {"minutes": UNDO_WITHIN.seconds // 60})
    return _restore(session, review, undone, former=undone.from_status)


def undo_until(act: ModerationDecision, *, staff_id: int) -> datetime | None:
    """Until when this member of staff may take back the act, if it is the review's last; None when they may not."""
    until = act.at + UNDO_WITHIN
    mine = act.act in _UNDONE and act.staff_id == staff_id
    return until if mine and clock.now() <= until else None


def _restore(session: Session, review: Review, undone: ModerationDecision, *, former: ReviewStatus) -> int | Refusal:
    to = transition(undone.to_status, ReviewAct.UNDO, former)
    if isinstance(to, Refusal):
        return to
    was_public = undone.public_before
    # what the undone decision published for the first time has never been published
    first_public = was_public is None and review.published_at == undone.at
    state = State(
        status=to if undone.revision_no == review.latest_revision_no else review.latest_status,
        newest=queries.revision(session, review.id, review.latest_revision_no),
        public=None if was_public is None else queries.revision(session, review.id, was_public),
        decided=undone.decided_before,
        published_at=None if first_public else review.published_at,
    )
    act = Act(
        act=ReviewAct.UNDO,
        actor=Actor.STAFF,
        revision_no=undone.revision_no,
        before=undone.to_status,
        to=to,
        staff_id=undone.staff_id,
        undoes_id=undone.id,
    )
    return moves.make(session, review, act, state) or review.id


def _case(session: Session, decision: Decision) -> Review | Refusal:
    review = queries.review(session, decision.review_id)
    if review is None:
        return Refusal(ReviewRefusal.REVIEW_NOT_FOUND, ("reviewId",))
    # the UPDATE asks again: between this look and that one another moderator may have won
    return review if review.version == decision.version else moves.conflict(session, review.id)


def _status_of(review: Review, revision_no: int) -> ReviewStatus | None:
    """The state of a revision that may be decided on: the newest, or the one the public reads."""
    if revision_no == review.latest_revision_no:
        return review.latest_status
    return ReviewStatus.PUBLISHED if revision_no == review.public_revision_no else None


def _rejected_state(session: Session, review: Review, revision_no: int) -> State:
    of_newest = revision_no == review.latest_revision_no
    stays_public = revision_no != review.public_revision_no
    return State(
        status=ReviewStatus.REJECTED if of_newest else review.latest_status,
        newest=queries.revision(session, review.id, review.latest_revision_no),
        public=queries.public_revision(session, review) if stays_public else None,
        decided=True if of_newest else review.decided,
        published_at=review.published_at,
    )


def _act(decision: Decision, act: ReviewAct, *, before: ReviewStatus, to: ReviewStatus) -> Act:
    return Act(
        act=act,
        actor=Actor.STAFF,
        revision_no=decision.revision_no,
        before=before,
        to=to,
        staff_id=decision.staff_id,
    )
