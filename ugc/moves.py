"""One move of a review, whoever makes it: the state, its log row, counters, product version and events in one go.

Which moves are legal is ugc.states'; who may make them and when is ugc.reviews' and ugc.moderation's.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core import clock, ids, outbox
from core.refusal import Refusal
from shop import products
from ugc import ratings
from ugc.events import QueueEvent, ReviewEvent
from ugc.queries import reviews as queries
from ugc.reasons import ReasonCode
from ugc.refusals import ReviewRefusal
from ugc.states import WAITING, ReviewAct, ReviewStatus
from ugc.tables.reviews import Actor, ModerationDecision, Review, ReviewRevision


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where a review stands: the state of its newest revision, and which revision the public reads."""

    status: ReviewStatus
    newest: ReviewRevision
    public: ReviewRevision | None
    decided: bool
    published_at: datetime | None

    def columns(self, now: datetime) -> dict[str, object]:
        """The review's columns that say so, when it comes to stand there `now`."""
        shown = self.public or self.newest
        return {
            "status": ReviewStatus.PUBLISHED if self.public else self.status,
            "latest_status": self.status,
            "latest_revision_no": self.newest.no,
            "public_revision_no": self.public.no if self.public else None,
            "decided": self.decided,
            "rating": shown.rating,
            "locale": shown.locale,
            "incentivised": shown.incentivised,
            "counted": not shown.sibling_copy,
            "published_at": self.published_at or (now if self.public else None),
            "waiting_since": self.newest.created_at if self.status in WAITING else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is done to which revision, by whom and why; `before` and `to` are states of that revision."""

    act: ReviewAct
    actor: Actor
    revision_no: int
    before: ReviewStatus | None
    to: ReviewStatus
    staff_id: int | None = None
    reason: ReasonCode | None = None
    undoes_id: int | None = None


def begin(session: Session, review: Review, act: Act, state: State) -> None:
    """Write a review that is new, with its first revision."""
    now = clock.now()
    for column, value in state.columns(now).items():
        setattr(review, column, value)
    session.add(review)
    session.flush()
    session.add(state.newest)
    _follow(session, act, review, _Before(), now)
    if state.public:
        renew_pages(session, review.product_id)


def make(session: Session, review: Review, act: Act, state: State) -> Refusal | None:
    """Bring the review to `state` if it is still as it was read; else CONFLICT with what it is now."""
    # one instant for the review and its log: an undo tells by it what a decision published for the first time
    now = clock.now()
    before = _Before(review.version, review.public_revision_no, review.decided, review.waiting_since is not None)
    if not queries.move(session, review, state.columns(now)):
        return conflict(session, review.id)
    session.refresh(review)
    session.add(state.newest)
    _follow(session, act, review, before, now)
    if before.public_revision_no != review.public_revision_no:
        renew_pages(session, review.product_id)
    return None


def renew_pages(session: Session, product_id: int) -> None:
    """The pages of a product and its siblings show something new."""
    products.bump_versions(session, products.siblings(session, product_id))


def conflict(session: Session, review_id: int) -> Refusal:
    """The refusal of an act on a review that has moved on, with where it stands now."""
    now = queries.review(session, review_id)
    status = now.status.value if now else ReviewStatus.WITHDRAWN.value
    return Refusal(ReviewRefusal.CONFLICT, ("version",), {"status": status, "version": now.version if now else 0})


@dataclass(frozen=True, slots=True)
class _Before:
    """What the log keeps of a review as it was; a new one was nothing."""

    version: int = 0
    public_revision_no: int | None = None
    decided: bool = False
    waits: bool = False


def _follow(session: Session, act: Act, review: Review, before: _Before, now: datetime) -> None:
    session.add(
        ModerationDecision(
            id=ids.new_id(),
            review_id=review.id,
            revision_no=act.revision_no,
            actor=act.actor,
            staff_id=act.staff_id,
            act=act.act,
            reason=act.reason,
            from_status=act.before,
            to_status=act.to,
            public_before=before.public_revision_no,
            decided_before=before.decided,
            version_before=before.version,
            undoes_id=act.undoes_id,
            at=now,
        )
    )
    session.flush()
    _tell_act(session, act, review)
    _tell_queue(session, act, review, waited=before.waits)
    if before.public_revision_no != review.public_revision_no:
        ratings.settle(session, review.id)
        _tell_visibility(session, act, review, before.public_revision_no)


def _tell_act(session: Session, act: Act, review: Review) -> None:
    match act.act:
        case ReviewAct.SUBMIT | ReviewAct.EDIT:
            _tell(session, ReviewEvent.SUBMITTED, review, act.revision_no, status=act.to.value)
        case ReviewAct.REJECT:
            _tell(
                session, ReviewEvent.REJECTED, review, act.revision_no, reason=act.reason.value if act.reason else None
            )
        case ReviewAct.WITHDRAW:
            _tell(session, ReviewEvent.WITHDRAWN, review, act.revision_no)
        case ReviewAct.APPROVE | ReviewAct.UNDO:
            pass


def _tell_queue(session: Session, act: Act, review: Review, *, waited: bool) -> None:
    waits = review.waiting_since is not None
    # an edit of what waits puts another text in its place; a decision about the public one changes nothing here
    if waits and (not waited or act.act is ReviewAct.EDIT):
        _tell(session, QueueEvent.ENTERED, review, review.latest_revision_no)
    elif waited and not waits:
        _tell(session, QueueEvent.LEFT, review, review.latest_revision_no)


def _tell_visibility(session: Session, act: Act, review: Review, public_before: int | None) -> None:
    if review.public_revision_no is None:
        _tell(session, ReviewEvent.UNPUBLISHED, review, public_before or act.revision_no, cause=act.act.value)
    elif public_before is None:
        promised = int(review.incentivised)
        _tell(session, ReviewEvent.PUBLISHED, review, review.public_revision_no, incentivised=promised)
    else:
        _tell(session, ReviewEvent.REVISED, review, review.public_revision_no)


def _tell(session: Session, name: outbox.EventName, review: Review, revision_no: int, **more: int | str | None) -> None:
    payload = {
        "reviewId": review.id,
        "productId": review.product_id,
        "authorId": review.author_id,
        "storefrontId": review.storefront_id,
        "revisionNo": revision_no,
        **more,
    }
    outbox.record(session, name, aggregate=("Review", review.id), payload=payload)
