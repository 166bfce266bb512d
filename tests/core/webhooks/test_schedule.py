"""When an attempt is made again: the printed waits, scattered by a fifth, longer when the receiver asks for it."""

from datetime import UTC, datetime, timedelta

import pytest

from core.webhooks import schedule

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


def test_each_wait_is_the_printed_one_within_a_fifth() -> None:
    for tries, wait in enumerate(schedule.WAITS, start=1):
        waits = {schedule.next_try(tries, now=NOON, retry_after=None) for _ in range(50)}

        assert all(each is not None and 0.8 * wait <= each - NOON <= 1.2 * wait for each in waits)
        assert len(waits) > 1, "scattered"


def test_the_tenth_failure_is_the_last() -> None:
    assert schedule.next_try(10, now=NOON, retry_after=None) is None


def test_the_waits_sum_to_three_days() -> None:
    assert timedelta(days=3) < sum(schedule.WAITS, timedelta()) < timedelta(days=3, hours=6)


@pytest.mark.parametrize(
    "value, asked",
    [
        ("120", timedelta(minutes=2)),
        ("0", timedelta(0)),
        ("99999999999999999999", timedelta(hours=24)),
        ("Mon, 02 Mar 2026 13:00:00 GMT", timedelta(hours=1)),
        ("Mon, 02 Mar 2026 11:00:00 GMT", timedelta(0)),
        ("", None),
        ("soon", None),
        ("-5", None),
        ("١٢", None),
    ],
)
def test_a_retry_after_is_read_in_seconds_or_as_a_date(value: str, asked: timedelta | None) -> None:
    assert schedule.retry_after(value, now=NOON) == asked


def test_what_the_receiver_asks_for_counts_when_it_is_longer_and_within_a_day() -> None:
    def waited(asked: timedelta) -> timedelta:
        following = schedule.next_try(1, now=NOON, retry_after=asked)
        assert following is not None
        return following - NOON

    assert waited(timedelta(seconds=1)) >= timedelta(seconds=4)
    assert waited(timedelta(minutes=10)) == timedelta(minutes=10)
    assert waited(timedelta(days=9)) == timedelta(hours=24)


def test_an_endpoint_is_given_up_on_after_twenty_failures_over_five_days() -> None:
    five_days_ago = NOON - timedelta(days=5)

    assert schedule.gives_up(20, five_days_ago, now=NOON)
    assert not schedule.gives_up(19, five_days_ago, now=NOON)
    assert not schedule.gives_up(500, five_days_ago + timedelta(seconds=1), now=NOON)
