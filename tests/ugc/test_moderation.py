"""Approve, reject and undo: who wins a race, what a stale look may do, and what is restored."""

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from threading import Barrier

import pytest
from sqlmodel import Session, col, select

from core import clock
from core.db import Database
from core.outbox import OutboxEvent
from core.refusal import Refusal
from tests.conftest import FrozenClock
from tests.make import ugc as make_ugc
from tests.make.shop import accepted
from ugc import moderation, ratings, reviews
from ugc.moderation import Decision
from ugc.queries import cases
from ugc.reasons import ReasonCode
from ugc.refusals import ReviewRefusal
from ugc.states import ReviewAct, ReviewStatus
from ugc.tables.reviews import ModerationDecision, RatingDelta, Review

Act = Callable[[Session, Decision], int | Refusal]
REJECT: Act = partial(moderation.reject, reason=ReasonCode.LINK)


def kept(session: Session, review_id: int) -> dict[str, object]:
    """Every column of the review, its version aside."""
    columns = make_ugc.stored(session, review_id).model_dump()
    del columns["version"]
    return columns


def last_event(session: Session) -> OutboxEvent:
    newest = select(OutboxEvent).where(col(OutboxEvent.aggregate).startswith("Review:"))
    return session.exec(newest.order_by(col(OutboxEvent.id).desc()).limit(1)).one()


def test_approving_publishes_counts_and_tells(session: Session) -> None:
    review_id = make_ugc.review(session, rating=4)

    accepted(moderation.approve(session, make_ugc.decision(session, review_id)))

    review = make_ugc.stored(session, review_id)
    assert (review.status, review.decided, review.waiting_since) == (ReviewStatus.PUBLISHED, True, None)
    assert ratings.summary(session, review.product_id).histogram == (0, 0, 0, 1, 0)
    assert last_event(session).payload == {
        "reviewId": review_id,
        "productId": review.product_id,
        "authorId": review.author_id,
        "storefrontId": review.storefront_id,
        "revisionNo": 1,
        "incentivised": 0,
    }
    assert last_event(session).name == "ReviewPublished"


def test_rejecting_a_public_review_takes_it_down_and_back_out(session: Session) -> None:
    review_id = make_ugc.published_review(session)

    accepted(REJECT(session, make_ugc.decision(session, review_id)))

    review = make_ugc.stored(session, review_id)
    assert (review.status, review.public_revision_no) == (ReviewStatus.REJECTED, None)
    assert ratings.summary(session, review.product_id).count == 0
    assert (last_event(session).name, last_event(session).payload["cause"]) == ("ReviewUnpublished", "REJECT")


def test_a_rejection_needs_its_reason(session: Session) -> None:
    review_id = make_ugc.review(session)
    before = kept(session, review_id)

    refused = moderation.reject(session, make_ugc.decision(session, review_id), reason=None)

    assert refused == Refusal(ReviewRefusal.REASON_REQUIRED, ("reason",))
    assert kept(session, review_id) == before


def test_a_person_confirms_what_screens_let_through_once(session: Session) -> None:
    author = make_ugc.stored(session, make_ugc.published_review(session)).author_id
    review_id = make_ugc.review(session, author_id=author)

    accepted(moderation.approve(session, make_ugc.decision(session, review_id)))
    again = moderation.approve(session, make_ugc.decision(session, review_id))

    assert again == Refusal(ReviewRefusal.ILLEGAL_TRANSITION, (), {"from": "PUBLISHED", "act": "APPROVE"})
    deltas = session.exec(select(RatingDelta).where(RatingDelta.review_id == review_id)).all()
    assert len(deltas) == 1


@pytest.mark.parametrize("act", [moderation.approve, REJECT], ids=["approve", "reject"])
@pytest.mark.parametrize("state", [ReviewStatus.REJECTED, ReviewStatus.WITHDRAWN])
def test_what_is_over_is_not_decided_again(session: Session, act: Act, state: ReviewStatus) -> None:
    review_id = make_ugc.rejected_review(session)
    author_id = make_ugc.stored(session, review_id).author_id
    if state is ReviewStatus.WITHDRAWN:
        accepted(reviews.withdraw(session, review_id, author_id=author_id or 0))
    before = kept(session, review_id)

    refused = act(session, make_ugc.decision(session, review_id))

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.params["from"]) == (ReviewRefusal.ILLEGAL_TRANSITION, state.value)
    assert kept(session, review_id) == before


@pytest.mark.parametrize("act", [moderation.approve, REJECT], ids=["approve", "reject"])
def test_a_decision_on_a_stale_revision_is_a_conflict(session: Session, act: Act) -> None:
    review_id = make_ugc.review(session)
    stale = make_ugc.decision(session, review_id)
    accepted(reviews.edit(session, make_ugc.edit(session, review_id)))
    before = kept(session, review_id)

    refused = act(session, stale)
    of_old_revision = act(session, replace(stale, version=2))

    assert refused == Refusal(ReviewRefusal.CONFLICT, ("version",), {"status": "QUEUED", "version": 2})
    assert of_old_revision == refused
    assert kept(session, review_id) == before


def test_a_review_that_is_not_there(session: Session) -> None:
    nowhere = Decision(review_id=1, revision_no=1, version=1, staff_id=1)

    assert moderation.approve(session, nowhere) == Refusal(ReviewRefusal.REVIEW_NOT_FOUND, ("reviewId",))


@pytest.mark.parametrize("second", [moderation.approve, REJECT], ids=["approve", "reject"])
def test_of_two_moderators_at_once_one_wins(database: Database, second: Act) -> None:
    review_id = database.writing(make_ugc.review)
    with database.reading() as session:
        seen = make_ugc.decision(session, review_id)
    together = Barrier(2)

    def decide(act: Act, staff_id: int) -> int | Refusal:
        together.wait()
        return database.writing(lambda session: act(session, replace(seen, staff_id=staff_id)))

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(decide, [moderation.approve, second], [1, 2]))

    lost = [outcome for outcome in outcomes if isinstance(outcome, Refusal)]
    assert [refused.code for refused in lost] == [ReviewRefusal.CONFLICT]
    assert len(outcomes) - len(lost) == 1
    with database.reading() as session:
        acts = [decision.act for decision in cases.decisions(session, review_id)]
        assert len(acts) == 2
        assert ratings.drifts(session) == []


def test_a_refused_edit_leaves_the_last_good_text(session: Session) -> None:
    review_id = make_ugc.published_review(session)
    accepted(reviews.edit(session, make_ugc.edit(session, review_id, body="Court mais bon")))

    accepted(REJECT(session, make_ugc.decision(session, review_id)))

    review = make_ugc.stored(session, review_id)
    assert (review.status, review.latest_status) == (ReviewStatus.PUBLISHED, ReviewStatus.REJECTED)
    assert review.public_revision_no == 1


def test_the_last_good_text_can_be_taken_down_while_an_edit_waits(session: Session) -> None:
    review_id = make_ugc.published_review(session)
    accepted(reviews.edit(session, make_ugc.edit(session, review_id, body="Court mais bon")))

    accepted(REJECT(session, replace(make_ugc.decision(session, review_id), revision_no=1)))

    review = make_ugc.stored(session, review_id)
    assert (review.status, review.latest_status, review.public_revision_no) == ("QUEUED", "QUEUED", None)
    assert ratings.summary(session, review.product_id).count == 0


@pytest.mark.parametrize("act", [moderation.approve, REJECT], ids=["approve", "reject"])
def test_undo_restores_exactly(session: Session, frozen_clock: FrozenClock, act: Act) -> None:
    review_id = make_ugc.review(session)
    before = kept(session, review_id)
    frozen_clock.advance(minutes=1)
    accepted(act(session, make_ugc.decision(session, review_id)))
    frozen_clock.advance(minutes=10)

    accepted(moderation.undo(session, make_ugc.undo(session, review_id)))

    assert kept(session, review_id) == before
    assert ratings.drifts(session) == []
    assert ratings.summary(session, make_ugc.stored(session, review_id).product_id).count == 0
    newest, undone, _ = cases.decisions(session, review_id)
    assert (newest.act, newest.undoes_id) == (ReviewAct.UNDO, undone.id)


def test_undoing_a_take_down_publishes_again(session: Session) -> None:
    review_id = make_ugc.published_review(session)
    before = kept(session, review_id)
    accepted(REJECT(session, make_ugc.decision(session, review_id)))

    accepted(moderation.undo(session, make_ugc.undo(session, review_id)))

    assert kept(session, review_id) == before
    assert last_event(session).name == "ReviewPublished"


def test_undoing_an_approved_edit_brings_the_former_text_back(session: Session) -> None:
    review_id = make_ugc.published_review(session, rating=5)
    accepted(reviews.edit(session, make_ugc.edit(session, review_id, rating=1, body="Court mais bon")))
    before = kept(session, review_id)
    accepted(moderation.approve(session, make_ugc.decision(session, review_id)))

    accepted(moderation.undo(session, make_ugc.undo(session, review_id)))

    assert kept(session, review_id) == before
    assert before["rating"] == 5


def test_undo_has_its_limits(session: Session, frozen_clock: FrozenClock) -> None:
    review_id = make_ugc.review(session)
    nothing = moderation.undo(session, make_ugc.undo(session, review_id))
    accepted(moderation.approve(session, make_ugc.decision(session, review_id)))
    before = kept(session, review_id)

    stale = moderation.undo(session, replace(make_ugc.undo(session, review_id), version=1))
    foreign = moderation.undo(session, make_ugc.undo(session, review_id, staff_id=make_ugc.OTHER_MODERATOR))
    frozen_clock.advance(minutes=10, milliseconds=1)
    late = moderation.undo(session, make_ugc.undo(session, review_id))

    assert nothing == Refusal(ReviewRefusal.NOTHING_TO_UNDO, ("reviewId",))
    assert isinstance(stale, Refusal)
    assert stale.code is ReviewRefusal.CONFLICT
    assert foreign == Refusal(ReviewRefusal.NOT_YOUR_DECISION, ("reviewId",))
    assert late == Refusal(ReviewRefusal.UNDO_TOO_LATE, ("reviewId",), {"minutes": 10})
    assert kept(session, review_id) == before


def test_an_undo_is_not_undone(session: Session) -> None:
    review_id = make_ugc.review(session)
    accepted(moderation.approve(session, make_ugc.decision(session, review_id)))
    accepted(moderation.undo(session, make_ugc.undo(session, review_id)))

    again = moderation.undo(session, make_ugc.undo(session, review_id))

    assert again == Refusal(ReviewRefusal.NOTHING_TO_UNDO, ("reviewId",))


def test_the_log_holds_ids_and_codes_and_only_grows(session: Session) -> None:
    review_id = make_ugc.rejected_review(session, reason=ReasonCode.LINK)
    rejected = cases.decisions(session, review_id)[0]

    assert (rejected.act, rejected.reason, rejected.staff_id) == (ReviewAct.REJECT, "LINK", make_ugc.MODERATOR)
    session.delete(rejected)
    with pytest.raises(Exception, match="only grows"):
        session.flush()


def test_every_act_is_in_the_log(session: Session) -> None:
    review_id = make_ugc.published_review(session)
    accepted(reviews.edit(session, make_ugc.edit(session, review_id, body="Court mais bon")))
    accepted(reviews.withdraw(session, review_id, author_id=make_ugc.stored(session, review_id).author_id or 0))

    acts = [(decision.act, decision.version_before) for decision in reversed(cases.decisions(session, review_id))]

    assert acts == [("SUBMIT", 0), ("APPROVE", 1), ("EDIT", 2), ("WITHDRAW", 3)]
    assert session.get_one(Review, review_id).version == 4
    assert session.exec(select(ModerationDecision.id)).all()


def test_undoing_a_first_approval_unpublishes_also_while_the_clock_runs(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    review_id = make_ugc.review(session)
    started, ticks = clock.now(), itertools.count(1)
    monkeypatch.setattr(clock, "now", lambda: started + timedelta(milliseconds=next(ticks)))
    accepted(moderation.approve(session, make_ugc.decision(session, review_id)))

    accepted(moderation.undo(session, make_ugc.undo(session, review_id)))

    assert make_ugc.stored(session, review_id).published_at is None
