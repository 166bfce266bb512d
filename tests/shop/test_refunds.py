"""Refunds: by line or for the whole order, before or after it, never more than was paid."""

from dataclasses import replace

import pytest
from sqlmodel import Session, select

from core.refusal import Refusal
from shop import orders, refunds
from shop.facts import OrderFact
from shop.refusals import ShopRefusal
from shop.tables import OrderState, Refund
from tests.make import shop as make
from tests.shop.told import count, events

pytestmark = pytest.mark.usefixtures("frozen_clock")


def the_fact(session: Session, order_id: int) -> OrderFact:
    fact = orders.fact(session, order_id)
    assert fact is not None
    return fact


def test_a_partial_refund_gives_back_units_and_money_of_one_line(session: Session) -> None:
    order_id = make.order(
        session, make.line(1000, external_id="a", quantity=4), make.line(500, external_id="b"), external_id="1"
    )

    refund_id = make.refund(session, "1", ("a", 1, 250))

    fact = the_fact(session, order_id)
    assert [(line.returned_quantity, line.refunded_minor) for line in fact.lines] == [(1, 250), (0, 0)]
    assert [refund.id for refund in fact.refunds] == [refund_id]
    assert events(session) == ["OrderPaid", "OrderRefunded"]


def test_a_refund_before_its_order_is_parked_and_told_after_the_payment(session: Session) -> None:
    refund_id = make.refund(session, "1", ("line-1", 1, 1000))
    assert events(session) == []
    assert session.get_one(Refund, refund_id).order_id is None

    order_id = make.order(session, external_id="1")

    assert [refund.id for refund in the_fact(session, order_id).refunds] == [refund_id]
    assert events(session) == ["OrderPaid", "OrderRefunded"]


def test_a_parked_refund_waits_for_an_order_of_its_own_storefront(session: Session) -> None:
    elsewhere = make.storefront(session, "lyon")
    make.refund(session, "1", ("line-1", 1, 1000))

    order_id = make.order(session, storefront_id=elsewhere, external_id="1")

    assert the_fact(session, order_id).refunds == ()


def test_a_refund_of_an_unpaid_order_is_told_once_it_is_paid(session: Session) -> None:
    make.order(session, external_id="1", state=OrderState.PENDING)

    make.refund(session, "1", ("line-1", 1, 1000))

    assert events(session) == []


def test_a_refund_told_ten_times_counts_once(session: Session) -> None:
    order_id = make.order(session, external_id="1")
    draft = make.refund_draft(make.storefront(session), "1", ("line-1", 1, 600))

    ids = {make.accepted(refunds.record_refund(session, draft)) for _ in range(10)}

    assert len(ids) == 1
    assert the_fact(session, order_id).lines[0].refunded_minor == 600
    assert events(session, "OrderRefunded") == ["OrderRefunded"]


def test_other_content_under_a_refunds_id_is_a_conflict(session: Session) -> None:
    order_id = make.order(session, external_id="1")
    draft = make.refund_draft(make.storefront(session), "1", ("line-1", 0, 100))
    make.accepted(refunds.record_refund(session, draft))
    before = the_fact(session, order_id)

    refused = refunds.record_refund(session, replace(draft, order_level_minor=5))

    assert refused == Refusal(ShopRefusal.CONFLICT, ("externalId",))
    assert the_fact(session, order_id) == before


@pytest.mark.parametrize(
    "lines, order_level, code, field",
    [
        ([("line-1", 3, 0)], 0, ShopRefusal.REFUND_EXCEEDS_ORDER, ("lines", "0", "quantity")),
        ([("line-1", 1, 901)], 0, ShopRefusal.REFUND_EXCEEDS_ORDER, ("lines", "0", "amountMinor")),
        ([("line-1", 1, 900)], 1, ShopRefusal.REFUND_EXCEEDS_ORDER, ("orderLevelMinor",)),
        ([], 901, ShopRefusal.REFUND_EXCEEDS_ORDER, ("orderLevelMinor",)),
        ([("line-2", 1, 1)], 0, ShopRefusal.LINE_NOT_FOUND, ("lines", "0", "lineExternalId")),
        ([("line-1", 0, 0)], 0, ShopRefusal.INVALID_QUANTITY, ("lines", "0", "quantity")),
        ([("line-1", -1, 5)], 0, ShopRefusal.INVALID_QUANTITY, ("lines", "0", "quantity")),
        ([("line-1", 1, -5)], 0, ShopRefusal.NEGATIVE_AMOUNT, ("lines", "0", "amountMinor")),
        ([("line-1", 1, 1), ("line-1", 1, 1)], 0, ShopRefusal.DUPLICATE, ("lines",)),
        ([], -1, ShopRefusal.NEGATIVE_AMOUNT, ("orderLevelMinor",)),
        ([], 0, ShopRefusal.REQUIRED, ("lines",)),
    ],
)
def test_more_than_is_left_is_refused(
    session: Session,
    lines: list[tuple[str, int, int]],
    order_level: int,
    code: ShopRefusal,
    field: tuple[str, ...],
) -> None:
    order_id = make.order(session, make.line(1000, quantity=3), external_id="1")
    make.refund(session, "1", ("line-1", 1, 100))
    before = the_fact(session, order_id)

    draft = make.refund_draft(make.storefront(session), "1", *lines, order_level_minor=order_level)
    refused = refunds.record_refund(session, draft)

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field) == (code, field)
    assert the_fact(session, order_id) == before
    assert count(session, Refund) == 1


def test_a_parked_refund_of_too_much_gives_back_what_was_paid_and_no_more(session: Session) -> None:
    make.refund(session, "1", ("line-1", 5, 9999), ("unknown", 1, 1))

    fact = the_fact(session, make.order(session, make.line(1000, quantity=2), external_id="1"))

    assert (fact.lines[0].returned_quantity, fact.lines[0].refunded_minor) == (2, 1000)
    assert [line.line_external_id for line in fact.refunds[0].lines] == ["line-1"]


def test_money_of_no_line_is_spread_over_what_is_left_of_each(session: Session) -> None:
    order_id = make.order(session, make.line(1000, external_id="a"), make.line(500, external_id="b"), external_id="1")

    make.refund(session, "1", ("a", 1, 500), order_level_minor=101)

    fact = the_fact(session, order_id)
    # 500 is left of each: 101 falls 51 and 50
    assert [(line.returned_quantity, line.refunded_minor) for line in fact.lines] == [(1, 551), (0, 50)]
    assert sum(line.amount_minor for line in fact.refunds[0].lines) == 601


def test_a_refund_of_an_unknown_storefront_is_refused(session: Session) -> None:
    refused = refunds.record_refund(session, make.refund_draft(0, "1", ("line-1", 1, 1)))

    assert refused == Refusal(ShopRefusal.STOREFRONT_NOT_FOUND, ("storefrontId",))
    assert session.exec(select(Refund)).all() == []
