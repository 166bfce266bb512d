"""What the shop and reviews tell moves points, in whatever order and however often it is told."""

import random

import pytest
from sqlmodel import Session

from core import clock, ids
from core.outbox import Event
from loyalty import reactions
from shop.events import ShopEvent
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, ledger_state, points
from tests.make import loyalty as make
from tests.make import shop

REACTIONS = {
    ShopEvent.ORDER_PAID.value: reactions.order_paid,
    ShopEvent.ORDER_CHANGED.value: reactions.order_changed,
    ShopEvent.ORDER_CANCELLED.value: reactions.order_cancelled,
    ShopEvent.ORDER_REFUNDED.value: reactions.order_refunded,
}


def react(session: Session, event: Event) -> None:
    if event.name in REACTIONS:
        REACTIONS[event.name](session, event)


def review_event(name: str, author_id: int | None, *, incentivised: int = 1) -> Event:
    payload = {"reviewId": 7, "productId": 8, "authorId": author_id, "revisionNo": 1, "incentivised": incentivised}
    return Event(ids.new_id(), name, "Review:7", payload, clock.now())


@pytest.mark.parametrize("seed", range(6))
def test_events_of_an_order_come_to_the_same_in_any_order_and_repeated(
    session: Session, frozen_clock: FrozenClock, seed: int
) -> None:
    member = make.member(session, make.program(session))
    shop.order(session, shop.line(8000), customer="camille", external_id="1001")
    shop.refund(session, "1001", ("line-1", 0, 3000))
    frozen_clock.advance(minutes=1)
    shop.order(session, shop.line(9000), customer="camille", external_id="1001")
    shop.refund(session, "1001", ("line-1", 0, 1000))
    events = make.told(session) * 2
    random.Random(seed).shuffle(events)  # noqa: S311 - an order to try, no secret

    for event in events:
        react(session, event)
    before = ledger_state(session)
    for event in events:
        react(session, event)

    assert points(session, member) == [90, -30, -10]
    assert ledger_state(session) == before
    assert_adds_up(session)


def test_an_authors_review_earns_and_an_imported_one_has_nobody_to_reward(
    session: Session, frozen_clock: FrozenClock
) -> None:
    member = make.member(session, make.program(session, make.program_draft(make.FIFTY_A_REVIEW)))
    author_id = shop.customer(session, "camille")

    reactions.review_published(session, review_event("ReviewPublished", author_id))
    reactions.review_published(session, review_event("ReviewPublished", None))
    reactions.review_left_public(session, review_event("ReviewUnpublished", None))
    reactions.review_left_public(session, review_event("ReviewUnpublished", author_id))

    assert points(session, member) == [50, -50]


def test_a_review_that_nothing_was_promised_for_earns_nothing(session: Session, frozen_clock: FrozenClock) -> None:
    member = make.member(session, make.program(session, make.program_draft(make.FIFTY_A_REVIEW)))
    author_id = shop.customer(session, "camille")

    reactions.review_published(session, review_event("ReviewPublished", author_id, incentivised=0))

    assert points(session, member) == []
