"""docs/webhooks.md says what the code does: the events, the waits and the numbers."""

import inspect
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from core.webhooks import deliveries, endpoints, schedule, sending, signing
from core.webhooks.tables import MAX_EXCERPT, EndpointSecret
from publishing.outward.events import EVENTS
from tests.make.webhooks import Received

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "webhooks.md").read_text()
_UNITS = {"second": 1, "minute": 60, "hour": 3600}


def test_the_page_lists_every_event_with_its_type_and_meaning() -> None:
    listed = [line for line in PAGE.splitlines() if re.match(r"\| `[a-z]+\.[a-z]+` \|", line)]

    assert listed == [
        f"| `{name.value}` | `{outward.data.__name__}` | {' '.join((inspect.getdoc(outward.data) or '').split())} |"
        for name, outward in EVENTS.items()
    ]


def test_the_page_prints_the_waits() -> None:
    rows = re.findall(r"^\| (\d+) \| (\d+) (second|minute|hour)s? \|$", PAGE, re.MULTILINE)

    assert [timedelta(seconds=int(count) * _UNITS[unit]) for _, count, unit in rows] == list(schedule.WAITS)
    assert int(rows[-1][0]) == schedule.MAX_TRIES


def test_the_page_tells_the_numbers() -> None:
    for said in (
        f"within {sending.TIMEOUT_SECONDS:.0f} seconds",
        f"failures for {schedule.MAX_FAILING.days} days, {schedule.MAX_FAILURES} of them",
        f"the first {MAX_EXCERPT} characters",
        f"up to {deliveries.MAX_REPLAY_RANGE.days} days",
        f"queues {deliveries.MAX_REPLAYED} events at most",
        f"kept for {deliveries.KEPT.days} days",
    ):
        assert said in PAGE, said
    assert endpoints.MAX_OVERLAP_HOURS == 7 * 24


def test_the_receivers_code_of_the_page_believes_a_genuine_message_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    at = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
    secret = EndpointSecret(endpoint_id=1, number=1, seed="seed", created_at=at)
    headers = {name.lower(): value for name, value in signing.headers(7, b"{}", [secret], at=at).items()}
    request = Received("/", headers, b"{}")
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    scope: dict[str, object] = {}
    exec(code, scope)  # noqa: S102 - the page's own example
    monkeypatch.setattr("time.time", lambda: at.timestamp() + 299)
    is_genuine = scope["is_genuine"]
    assert callable(is_genuine)

    assert is_genuine(signing.shown(secret), request.headers, request.body)
    assert not is_genuine(signing.shown(secret), request.headers, b"{ }")
    monkeypatch.setattr("time.time", lambda: at.timestamp() + 301)
    assert not is_genuine(signing.shown(secret), request.headers, request.body)
