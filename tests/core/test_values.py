"""Money, means, ids, cursors and instants: the small values that every room shares."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core import clock, ids, paging
from core.money import Money, from_decimal
from core.rounding import half_up, largest_remainder, mean_tenths


@pytest.mark.parametrize(
    "money, text",
    [
        (Money(1250, "EUR"), "12.50"),
        (Money(1250, "JPY"), "1250"),
        (Money(1250, "KWD"), "1.250"),
        (Money(-5, "USD"), "-0.05"),
        (Money(0, "EUR"), "0.00"),
    ],
)
def test_money_is_written_with_its_currencys_digits_and_read_back(money: Money, text: str) -> None:
    assert money.decimal() == text
    assert from_decimal(text, money.currency) == money


@pytest.mark.parametrize("text", ["", "12,50", "1e3", "12.505", " 12", "--1", "١٢", "NaN", "12.", "9" * 60])
def test_what_is_no_plain_amount_is_not_read_as_one(text: str) -> None:
    assert from_decimal(text, "EUR") is None


def test_zeros_beyond_the_exponent_are_fine() -> None:
    assert from_decimal("12.5000", "EUR") == Money(1250, "EUR")


@given(st.integers(0, 10**15), st.sampled_from(["EUR", "JPY", "KWD", "CLF"]))
def test_every_amount_survives_being_written(amount: int, currency: str) -> None:
    assert from_decimal(Money(amount, currency).decimal(), currency) == Money(amount, currency)


@pytest.mark.parametrize(
    "total, count, tenths", [(9, 2, 45), (13, 3, 43), (37, 8, 46), (1, 1, 10), (0, 0, None), (49, 20, 25)]
)
def test_a_mean_is_rounded_half_up_to_a_tenth(total: int, count: int, tenths: int | None) -> None:
    assert mean_tenths(total, count) == tenths


def test_half_is_rounded_away_from_zero() -> None:
    assert [half_up(5, 10), half_up(-5, 10), half_up(4, 10), half_up(-4, 10)] == [1, -1, 0, 0]


@given(st.integers(0, 10**9), st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_parts_split_by_largest_remainder_sum_to_the_whole_and_stay_near_their_share(
    total: int, weights: list[int]
) -> None:
    parts = largest_remainder(total, weights)

    assert sum(parts) == total
    if sum(weights):
        assert all(
            abs(part * sum(weights) - total * weight) < sum(weights)
            for part, weight in zip(parts, weights, strict=True)
        )


def test_ids_grow_and_are_opaque_outside() -> None:
    drawn = [ids.new_id() for _ in range(2000)]

    assert drawn == sorted(set(drawn))
    assert 0 < drawn[0] < 1 << 63
    assert ids.from_public(ids.to_public("Review", drawn[0])) == ("Review", drawn[0])


@pytest.mark.parametrize(
    "rubbish", ["", "x", "UmV2aWV3", "UmV2aWV3Oi0x", "UmV2aWV3OjA=", "OjE=", "é", "UmV2aWV3OtmiMQ=="]
)
def test_rubbish_is_no_id(rubbish: str) -> None:
    assert ids.from_public(rubbish) is None


@given(st.text())
def test_no_text_makes_the_id_reader_raise(text: str) -> None:
    ids.from_public(text)


def test_a_cursor_is_read_back_in_its_own_shape_only() -> None:
    cursor = paging.encode_cursor((1700000000000, 42))

    assert paging.decode_cursor(cursor, (int, int)) == (1700000000000, 42)
    assert paging.decode_cursor(cursor, (int,)) is None
    assert paging.decode_cursor(cursor, (str, int)) is None


@pytest.mark.parametrize(
    "rubbish", ["", "x", "bnVsbA==", "WzEsMl0", "W3RydWUsMV0=", "é", paging.encode_cursor((1 << 70, 1))]
)
def test_rubbish_is_no_cursor(rubbish: str) -> None:
    assert paging.decode_cursor(rubbish, (int, int)) is None


def test_an_instant_is_utc_and_whole_milliseconds() -> None:
    with clock.at(datetime(2026, 3, 2, 12, 0, 0, 123_999, tzinfo=UTC)):
        assert clock.iso(clock.now()) == "2026-03-02T12:00:00.123Z"
        assert clock.from_milliseconds(clock.now_milliseconds()) == clock.now()


def test_a_naive_datetime_is_no_instant() -> None:
    with pytest.raises(ValueError, match="time zone"):
        clock.whole_milliseconds(datetime(2026, 3, 2))  # noqa: DTZ001 - that is the point


def test_the_clock_file_counts_in_development_only(tmp_path, monkeypatch) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    from core.settings import settings

    file = tmp_path / "now"
    file.write_text("2031-01-01T00:00:00+00:00")
    monkeypatch.setenv("FIDELIO_CLOCK_FILE", str(file))
    settings.cache_clear()
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)

    monkeypatch.setenv("FIDELIO_DEVELOPMENT", "true")
    settings.cache_clear()
    assert clock.iso(clock.now()) == "2031-01-01T00:00:00.000Z"
