"""Orders: told once or ten times, early or late, they end up the same."""

from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from shop import orders
from shop.drafts import CustomerKeys, LineDraft
from shop.orders import Outcome
from shop.refusals import ShopRefusal
from shop.tables import Order, OrderLine, OrderState
from tests.make import shop as make
from tests.shop.told import count, events

pytestmark = pytest.mark.usefixtures("frozen_clock")


def test_a_paid_order_is_told_as_an_event_with_ids_alone(session: Session) -> None:
    storefront = make.storefront(session)

    recorded = make.accepted(orders.record(session, make.order_draft(storefront, customer="ada")))

    assert recorded.outcome is Outcome.CREATED
    assert events(session) == ["OrderPaid"]


def test_a_pending_order_waits_for_its_payment(session: Session) -> None:
    storefront = make.storefront(session)
    pending = make.order_draft(storefront, external_id="1", state=OrderState.PENDING)

    make.accepted(orders.record(session, pending))
    assert events(session) == []

    later = pending.updated_at + timedelta(seconds=5)
    paid = replace(pending, state=OrderState.PAID, updated_at=later)
    assert make.accepted(orders.record(session, paid)).outcome is Outcome.UPDATED
    assert events(session) == ["OrderPaid"]


def test_the_same_order_told_ten_times_counts_once(session: Session) -> None:
    draft = make.order_draft(make.storefront(session), customer="ada")

    outcomes = [make.accepted(orders.record(session, draft)) for _ in range(10)]

    assert len({recorded.order_id for recorded in outcomes}) == 1
    assert Counter(recorded.outcome for recorded in outcomes) == {Outcome.CREATED: 1, Outcome.UNCHANGED: 9}
    assert events(session) == ["OrderPaid"]
    assert count(session, OrderLine) == 1


def test_lines_in_another_order_are_the_same_content(session: Session) -> None:
    first, second = make.line(external_id="a"), make.line(external_id="b")
    draft = make.order_draft(make.storefront(session), first, second, external_id="1")
    make.accepted(orders.record(session, draft))

    turned = replace(draft, lines=(second, first))

    assert make.accepted(orders.record(session, turned)).outcome is Outcome.UNCHANGED


def test_a_newer_telling_replaces_the_lines(session: Session) -> None:
    draft = make.order_draft(make.storefront(session), make.line(1000), external_id="1")
    order_id = make.accepted(orders.record(session, draft)).order_id

    newer = replace(draft, lines=(make.line(700),), updated_at=draft.updated_at + timedelta(seconds=1))
    assert make.accepted(orders.record(session, newer)).outcome is Outcome.UPDATED

    fact = orders.fact(session, order_id)
    assert fact is not None
    assert (fact.version, [line.total_minor for line in fact.lines]) == (2, [700])
    assert events(session) == ["OrderPaid", "OrderChanged"]


def test_an_older_telling_is_ignored(session: Session) -> None:
    draft = make.order_draft(make.storefront(session), external_id="1")
    order_id = make.accepted(orders.record(session, draft)).order_id
    before = orders.fact(session, order_id)

    older = replace(draft, lines=(make.line(1),), updated_at=draft.updated_at - timedelta(seconds=1))

    assert make.accepted(orders.record(session, older)).outcome is Outcome.OUTDATED
    assert orders.fact(session, order_id) == before
    assert events(session) == ["OrderPaid"]


def test_what_lies_between_two_equal_tellings_is_outdated(session: Session) -> None:
    draft = make.order_draft(make.storefront(session), external_id="1")
    make.accepted(orders.record(session, draft))
    make.accepted(orders.record(session, replace(draft, updated_at=draft.updated_at + timedelta(seconds=9))))

    between = replace(draft, lines=(make.line(1),), updated_at=draft.updated_at + timedelta(seconds=5))

    assert make.accepted(orders.record(session, between)).outcome is Outcome.OUTDATED


def test_the_same_time_with_other_content_is_a_conflict(session: Session) -> None:
    draft = make.order_draft(make.storefront(session), external_id="1")
    order_id = make.accepted(orders.record(session, draft)).order_id
    before = orders.fact(session, order_id)

    refused = orders.record(session, replace(draft, lines=(make.line(1),)))

    assert refused == Refusal(ShopRefusal.CONFLICT, ("updatedAt",))
    assert orders.fact(session, order_id) == before
    assert events(session) == ["OrderPaid"]


def test_ceasing_to_be_paid_is_a_cancellation_and_paying_again_a_payment(session: Session) -> None:
    draft = make.order_draft(make.storefront(session), external_id="1")
    make.accepted(orders.record(session, draft))

    for seconds, state in ((1, OrderState.CANCELLED), (2, OrderState.PAID)):
        told = replace(draft, state=state, updated_at=draft.updated_at + timedelta(seconds=seconds))
        make.accepted(orders.record(session, told))

    assert events(session) == ["OrderPaid", "OrderCancelled", "OrderPaid"]


def test_the_first_buyer_known_stays_the_orders(session: Session) -> None:
    draft = make.order_draft(make.storefront(session), external_id="1")
    order_id = make.accepted(orders.record(session, draft)).order_id

    buyers = []
    for seconds, external_id in ((1, "ada"), (2, "bea")):
        later = draft.updated_at + timedelta(seconds=seconds)
        told = make.order_draft(draft.storefront_id, external_id="1", customer=external_id, updated_at=later)
        make.accepted(orders.record(session, replace(told, placed_at=draft.placed_at)))
        fact = orders.fact(session, order_id)
        buyers.append(fact.customer_id if fact else None)

    assert buyers[0] is not None
    assert buyers[1] == buyers[0]


def test_a_line_finds_its_product_whichever_is_told_first(session: Session) -> None:
    storefront = make.storefront(session)
    hat = make.product(session, "hat", brand="Nord", category="Hats")
    lines = (
        make.line(external_id="by id", product="hat"),
        LineDraft(external_id="by sku", title="Scarf", quantity=1, total_minor=5, sku="SC-1"),
        LineDraft(
            external_id="by variant",
            title="Cap",
            quantity=1,
            total_minor=5,
            variant_external_id="ext-cap-red",
            product_external_id="ext-hat",
        ),
    )
    order_id = make.order(session, *lines, storefront_id=storefront)

    scarf = make.product(session, "scarf", sku="SC-1")

    fact = orders.fact(session, order_id)
    assert fact is not None
    assert [line.product_id for line in fact.lines] == [hat, scarf, hat]
    assert (fact.lines[0].brand, fact.lines[0].category) == ("Nord", "Hats")


def test_facts_take_four_statements_for_one_and_for_ten_orders(
    session: Session, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    ids = [make.order(session, external_id=str(number)) for number in range(10)]
    make.refund(session, "1", ("line-1", 1, 100))

    for wanted in (ids[1:2], ids):
        session.expire_all()
        with statements() as seen:
            assert len(orders.facts(session, wanted)) == len(wanted)
        assert len(seen) == 4


@pytest.mark.parametrize(
    "changes, code, field",
    [
        ({"external_id": " "}, ShopRefusal.REQUIRED, ("externalId",)),
        ({"external_id": "x" * 121}, ShopRefusal.TOO_LONG, ("externalId",)),
        ({"external_id": "a\x00"}, ShopRefusal.INVALID_TEXT, ("externalId",)),
        ({"currency": "ZZZ"}, ShopRefusal.INVALID_CURRENCY, ("currency",)),
        ({"currency": "eur"}, ShopRefusal.INVALID_CURRENCY, ("currency",)),
        ({"shipping_minor": -1}, ShopRefusal.NEGATIVE_AMOUNT, ("shippingMinor",)),
        ({"tax_minor": 10**15 + 1}, ShopRefusal.AMOUNT_TOO_LARGE, ("taxMinor",)),
        ({"points_paid_minor": -5}, ShopRefusal.NEGATIVE_AMOUNT, ("pointsPaidMinor",)),
        ({"lines": ()}, ShopRefusal.REQUIRED, ("lines",)),
        ({"lines": (make.line(-1),)}, ShopRefusal.NEGATIVE_AMOUNT, ("lines", "0", "totalMinor")),
        ({"lines": (make.line(quantity=0),)}, ShopRefusal.INVALID_QUANTITY, ("lines", "0", "quantity")),
        ({"lines": (make.line(), make.line())}, ShopRefusal.DUPLICATE, ("lines",)),
        (
            {"lines": tuple(make.line(10**15, external_id=str(number)) for number in range(2))},
            ShopRefusal.AMOUNT_TOO_LARGE,
            ("lines",),
        ),
        (
            {"lines": tuple(make.line(external_id=str(number)) for number in range(501))},
            ShopRefusal.TOO_MANY,
            ("lines",),
        ),
        (
            {"customer": CustomerKeys(order_email="no address")},
            ShopRefusal.INVALID_EMAIL,
            ("customer", "orderEmail"),
        ),
        ({"storefront_id": 0}, ShopRefusal.STOREFRONT_NOT_FOUND, ("storefrontId",)),
    ],
)
def test_what_no_order_can_be_is_refused_by_its_field(
    session: Session, changes: dict[str, object], code: ShopRefusal, field: tuple[str, ...]
) -> None:
    draft = replace(make.order_draft(make.storefront(session)), **changes)  # type: ignore[arg-type]

    refused = orders.record(session, draft)

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field) == (code, field)
    assert (count(session, Order), events(session)) == (0, [])


@pytest.mark.parametrize("field, name", [("placed_at", "placedAt"), ("paid_at", "paidAt"), ("updated_at", "updatedAt")])
def test_a_date_of_before_any_shops_records_is_refused(session: Session, field: str, name: str) -> None:
    draft = make.order_draft(make.storefront(session), external_id="1")

    refused = orders.record(session, replace(draft, **{field: datetime(1, 1, 1, tzinfo=UTC)}))  # type: ignore[arg-type]

    assert refused == Refusal(ShopRefusal.DATE_TOO_OLD, (name,))
    assert count(session, Order) == 0


@pytest.mark.parametrize("field, name", [("placed_at", "placedAt"), ("paid_at", "paidAt"), ("updated_at", "updatedAt")])
def test_a_clock_may_run_five_minutes_ahead_and_no_more(session: Session, field: str, name: str) -> None:
    draft = make.order_draft(make.storefront(session), external_id="1")
    ahead = clock.now() + timedelta(minutes=5, milliseconds=1)

    refused = orders.record(session, replace(draft, **{field: ahead}))  # type: ignore[arg-type]

    assert refused == Refusal(ShopRefusal.DATE_IN_FUTURE, (name,))
    assert count(session, Order) == 0
    tolerated = replace(draft, **{field: ahead - timedelta(milliseconds=1)})  # type: ignore[arg-type]
    make.accepted(orders.record(session, tolerated))


def test_whoever_paid_and_kept_some_has_bought(session: Session) -> None:
    storefront = make.storefront(session)
    hat, scarf = make.product(session, "hat"), make.product(session, "scarf")
    make.order(session, make.line(product="hat", quantity=2), storefront_id=storefront, external_id="1", customer="ada")
    ada = make.customer(session, "ada", storefront_id=storefront)

    assert orders.has_bought(session, ada, [hat])
    assert not orders.has_bought(session, ada, [scarf])
    assert not orders.has_bought(session, make.customer(session, "bea"), [hat, scarf])

    make.refund(session, "1", ("line-1", 1, 500))
    assert orders.has_bought(session, ada, [hat])
    make.refund(session, "1", ("line-1", 1, 500))
    assert not orders.has_bought(session, ada, [hat])


@pytest.mark.parametrize("state", [OrderState.PENDING, OrderState.CANCELLED])
def test_an_order_that_is_not_paid_proves_no_purchase(session: Session, state: OrderState) -> None:
    hat = make.product(session, "hat")

    make.order(session, make.line(product="hat"), customer="ada", state=state)

    assert not orders.has_bought(session, make.customer(session, "ada"), [hat])
