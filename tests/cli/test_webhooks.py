"""`fidelio webhooks`: endpoints are made, listed, paused, tried and caught up from the command line."""

import re
from datetime import timedelta

import pytest

from core import clock
from core.db import Database
from core.settings import settings
from core.webhooks import deliveries
from tests.cli.conftest import Fidelio
from tests.make import shop
from tests.make.webhooks import deliveries_of

URL = "https://erp.example/hooks"


def made(fidelio: Fidelio) -> str:
    """The id of a new endpoint."""
    told = fidelio("webhooks", "create", URL, "--event", "order.paid", "--event", "member.joined")
    assert told.exit_code == 0, told.stderr
    secret, number = told.stdout.splitlines()
    assert secret.startswith("whsec_")
    return re.sub(r"\D", "", number)


def test_an_endpoint_is_made_and_listed(fidelio: Fidelio) -> None:
    number = made(fidelio)

    assert fidelio("webhooks", "list").stdout.splitlines() == [
        f"{number}  ACTIVE  0 failures  {URL}",
        "    member.joined, order.paid",
    ]


def test_an_endpoint_is_paused_resumed_tried_and_given_a_new_secret(fidelio: Fidelio) -> None:
    number = made(fidelio)

    assert fidelio("webhooks", "pause", number).stdout == "The endpoint is paused.\n"
    assert fidelio("webhooks", "test", number).exit_code == 1
    assert fidelio("webhooks", "resume", number).stdout == "The endpoint is active.\n"
    assert fidelio("webhooks", "test", number).stdout == "A test is queued; a running worker sends it.\n"
    assert fidelio("webhooks", "rotate", number, "--overlap-hours", "0").stdout.startswith("whsec_")


def test_a_replay_takes_as_many_steps_as_it_needs(fidelio: Fidelio, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliveries, "MAX_REPLAYED", 2)
    fidelio("migrate")
    database = Database.open(settings().database_url)
    for _ in range(5):
        database.writing(lambda session: shop.order(session, customer="ada"))
    number = made(fidelio)

    day = ("2020-01-01", "2020-01-20")
    assert fidelio("webhooks", "replay", number, *day).stdout.startswith("0 events are queued")
    assert fidelio("webhooks", "replay", number, *_around_now()).stdout.startswith("5 events are queued")
    assert len(deliveries_of(database, int(number))) == 5


@pytest.mark.parametrize(
    "arguments, code",
    [
        (("create", "http://erp.example/", "--event", "order.paid"), 1),
        (("create", URL, "--event", "order.eaten"), 2),
        (("pause", "1"), 1),
        (("replay", "1", "2026-03-02", "2026-03-01"), 1),
    ],
)
def test_what_is_refused_ends_with_a_code_and_a_sentence(
    fidelio: Fidelio, arguments: tuple[str, ...], code: int
) -> None:
    refused = fidelio("webhooks", *arguments)

    assert (refused.exit_code, refused.stdout) == (code, "")
    assert refused.stderr


def _around_now() -> tuple[str, str]:
    now, day = clock.now(), timedelta(days=1)
    return f"{now - day:%Y-%m-%d}", f"{now + 2 * day:%Y-%m-%d}"
