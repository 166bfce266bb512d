"""Orders and refunds in any order of arrival, repeated and all at once: one end, each thing told once."""

import itertools
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import Session

from core import clock
from core.db import Database
from shop import orders, refunds
from shop.drafts import OrderDraft, RefundDraft
from shop.facts import OrderFact
from shop.orders import Outcome
from shop.tables import Order, OrderLine, OrderState, Refund
from tests.make import shop as make
from tests.shop.told import count, events

pytestmark = pytest.mark.usefixtures("frozen_clock")


def _telling(storefront: int, external_id: str) -> list[OrderDraft | RefundDraft]:
    placed = clock.now() - timedelta(days=1)
    lines = (make.line(1000, external_id="a", quantity=2), make.line(500, external_id="b"))
    created = make.order_draft(
        storefront, *lines, external_id=external_id, customer="ada", state=OrderState.PENDING, placed_at=placed
    )
    paid = replace(created, state=OrderState.PAID, updated_at=placed + timedelta(hours=1))
    changed = replace(
        paid, lines=(*lines, make.line(900, external_id="c")), shipping_minor=1, updated_at=placed + timedelta(hours=2)
    )
    returned = make.refund_draft(
        storefront, external_id, ("a", 1, 400), external_id=f"{external_id}/1", refunded_at=placed + timedelta(hours=3)
    )
    gesture = make.refund_draft(
        storefront,
        external_id,
        ("b", 0, 100),
        external_id=f"{external_id}/2",
        refunded_at=placed + timedelta(hours=4),
        order_level_minor=101,
    )
    return [created, paid, changed, returned, gesture]


def _tell(session: Session, told: OrderDraft | RefundDraft) -> None:
    if isinstance(told, OrderDraft):
        make.accepted(orders.record(session, told))
    else:
        make.accepted(refunds.record_refund(session, told))


def _lasting(fact: OrderFact) -> object:
    """What must not depend on the order of arrival."""
    return replace(
        fact,
        id=0,
        external_id="",
        version=0,
        refunds=tuple(replace(refund, id=0, external_id="") for refund in fact.refunds),
    )


def test_every_order_of_arrival_ends_in_the_same_facts_and_tells_each_thing_once(session: Session) -> None:
    storefront = make.storefront(session)
    ends = set()

    for number, turns in enumerate(itertools.permutations(range(5))):
        told = _telling(storefront, str(number))
        before = events(session)
        for turn in turns:
            _tell(session, told[turn])
        news = Counter(events(session)[len(before) :])
        order = orders.record(session, next(each for each in told[2:3] if isinstance(each, OrderDraft)))
        fact = orders.fact(session, make.accepted(order).order_id)
        assert fact is not None
        ends.add(_lasting(fact))
        assert (news["OrderPaid"], news["OrderRefunded"], news["OrderCancelled"]) == (1, 2, 0)

    assert len(ends) == 1


def test_eight_tellings_at_once_make_one_order(database: Database) -> None:
    storefront = database.writing(make.storefront)
    draft = make.order_draft(storefront, customer="ada", email="ada@mail.example")

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(
            threads.map(lambda _: database.writing(lambda session: orders.record(session, draft)), range(8))
        )

    assert Counter(make.accepted(each).outcome for each in outcomes) == {Outcome.CREATED: 1, Outcome.UNCHANGED: 7}
    with database.reading() as session:
        assert (count(session, Order), count(session, OrderLine), events(session)) == (1, 1, ["OrderPaid"])


def test_a_refund_and_its_order_arriving_at_once_meet(database: Database) -> None:
    storefront = database.writing(make.storefront)

    for number in range(6):
        order = make.order_draft(storefront, external_id=str(number))
        refund = make.refund_draft(storefront, str(number), ("line-1", 1, 1000))
        with ThreadPoolExecutor(2) as threads:
            list(threads.map(lambda told: database.writing(lambda session: _tell(session, told)), (order, refund)))

    with database.reading() as session:
        assert count(session, Refund) == 6
        assert Counter(events(session)) == {"OrderPaid": 6, "OrderRefunded": 6}
