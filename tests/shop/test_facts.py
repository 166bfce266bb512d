"""Setting refunds against lines: the sums hold whatever is told, and in whatever order."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shop.facts import LineFact, RefundLineFact, ToldRefund, settle
from tests.conftest import NOON

LINES = st.lists(st.tuples(st.integers(1, 5), st.integers(0, 1000)), min_size=1, max_size=4).map(
    lambda told: [
        LineFact(str(index), None, None, None, None, quantity, total) for index, (quantity, total) in enumerate(told)
    ]
)
PARTS = st.dictionaries(st.sampled_from("01234"), st.tuples(st.integers(0, 6), st.integers(0, 1200)), max_size=4)
REFUNDS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 900), PARTS), max_size=4).map(
    lambda told: [
        ToldRefund(
            number,
            str(number),
            NOON + timedelta(hours=hour),
            order_level,
            tuple(RefundLineFact(line, *part) for line, part in parts.items()),
        )
        for number, (hour, order_level, parts) in enumerate(told)
    ]
)


@given(LINES, REFUNDS)
def test_lines_and_refunds_tell_the_same_sums_and_never_more_than_was_paid(
    lines: list[LineFact], refunds: list[ToldRefund]
) -> None:
    settled, given_back = settle(lines, refunds)

    for line in settled:
        parts = [part for refund in given_back for part in refund.lines if part.line_external_id == line.external_id]
        assert line.returned_quantity == sum(part.quantity for part in parts) <= line.quantity
        assert line.refunded_minor == sum(part.amount_minor for part in parts) <= line.total_minor


@given(LINES, REFUNDS, st.randoms())
def test_the_order_of_arrival_does_not_matter(lines: list[LineFact], refunds: list[ToldRefund], chance: object) -> None:
    shuffled = list(refunds)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert settle(lines, shuffled) == settle(lines, refunds)


@given(LINES, st.integers(0, 900))
def test_money_of_no_line_is_given_back_to_the_last_cent(lines: list[LineFact], order_level: int) -> None:
    told = ToldRefund(1, "1", NOON, order_level, ())

    settled, _ = settle(lines, [told])

    paid = sum(line.total_minor for line in lines)
    assert sum(line.refunded_minor for line in settled) == min(order_level, paid)
