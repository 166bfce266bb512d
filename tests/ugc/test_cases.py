"""What a moderator reads: the longest-waiting first, all that is known of one review, the log."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlmodel import Session

from tests.conftest import FrozenClock
from tests.make import shop as make
from tests.make import ugc as make_ugc
from tests.make.shop import accepted
from ugc import cases, moderation, reviews
from ugc.reasons import ReasonCode
from ugc.states import ReviewStatus


def test_the_queue_starts_with_the_longest_waiting(session: Session, frozen_clock: FrozenClock) -> None:
    made = []
    for rating in (1, 5, 3):
        made.append(make_ugc.review(session, rating=rating))
        frozen_clock.advance(minutes=1)
    make_ugc.published_review(session)

    first = cases.queue(session, first=2)
    rest = cases.queue(session, first=2, after=first.keys[-1])

    assert [item.row.review_id for item in first.items] == made[:2]
    assert [item.row.review_id for item in rest.items] == made[2:]
    assert (first.has_next, rest.has_next) == (True, False)
    assert first.items[0].codes == ("FIRST_CONTRIBUTION",)
    assert cases.waiting_count(session) == 3


def test_an_edit_of_a_public_review_queues_too(session: Session) -> None:
    review_id = make_ugc.published_review(session)
    accepted(reviews.edit(session, make_ugc.edit(session, review_id, body="Trop court")))

    [item] = cases.queue(session, first=10).items

    assert (item.row.review_id, item.row.revision_no, item.row.public_revision_no) == (review_id, 2, 1)
    assert item.row.body == "Trop court"
    assert item.codes == ("TEXT_SHORT",)


def test_a_case_is_the_whole_story_in_five_statements(
    session: Session, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    author_id = make.customer(session)
    make_ugc.published_review(session, author_id=author_id)
    review_id = make_ugc.review(session, author_id=author_id, body="Une arnaque, voyez www.exemple.fr pour la suite.")
    accepted(moderation.reject(session, make_ugc.decision(session, review_id), reason=ReasonCode.LINK))
    accepted(reviews.edit(session, make_ugc.edit(session, review_id)))
    session.flush()

    with statements() as seen:
        case = cases.review_for_decision(session, review_id)

    assert len(seen) == 5
    assert case is not None
    assert [revision.no for revision in case.revisions] == [2, 1]
    assert case.newest.no == 2
    assert [(verdict.screen, verdict.code) for verdict in case.verdicts_on(1)] == [
        ("length", None),
        ("repeated_text", None),
        ("word_list", "SUSPECT_WORD"),
        ("links", "LINK"),
        ("premoderation", None),
    ]
    assert [decision.act for decision in case.decisions] == ["EDIT", "REJECT", "SUBMIT"]
    assert case.author == {ReviewStatus.PUBLISHED: 2}


def test_the_first_screen_with_a_demand_decides(session: Session) -> None:
    author_id = make.customer(session)
    make_ugc.published_review(session, author_id=author_id)

    review_id = make_ugc.review(session, author_id=author_id, body="Une arnaque, voyez www.exemple.fr pour la suite.")

    # the word list queues before the links screen would withhold
    assert make_ugc.stored(session, review_id).status is ReviewStatus.QUEUED


def test_no_case_of_a_review_that_is_not_there(session: Session) -> None:
    assert cases.review_for_decision(session, 1) is None


def test_the_log_shows_what_staff_decided_newest_first(session: Session) -> None:
    approved = make_ugc.published_review(session)
    rejected = make_ugc.rejected_review(session)

    first = cases.decision_log(session, first=1)
    rest = cases.decision_log(session, first=5, after=first.keys[-1])

    assert [row.decision.review_id for row in first.items] == [rejected]
    assert [row.decision.review_id for row in rest.items] == [approved]


def test_the_queue_may_be_narrowed_to_one_state_or_language(session: Session) -> None:
    held = accepted(reviews.submit(session, make_ugc.draft(session, body="Voir https://autre.example/tasses d'abord.")))
    english = accepted(reviews.submit(session, make_ugc.draft(session, locale="en-GB")))

    by_state = cases.queue(session, first=10, status=ReviewStatus.WITHHELD)
    by_language = cases.queue(session, first=10, language="en")

    assert [item.row.review_id for item in by_state.items] == [held]
    assert [item.row.review_id for item in by_language.items] == [english]
    assert cases.queue(session, first=10, language="e").items == []
