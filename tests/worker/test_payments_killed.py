"""kill -9 around the call to the payment provider: the member is charged once, and gets the period."""

import signal
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import Session, select

from core import clock
from core.db import Database
from loyalty.payment_providers.deterministic import DeterministicProvider
from loyalty.tables import MembershipPayment, PaidState, PaymentState
from tests.make import paid as make_paid
from tests.make.paid import MONTHLY
from tests.worker.nursery import Nursery
from tests.worker.world import environment, wait_until

STARTED = datetime(2026, 3, 2, 12, tzinfo=UTC)


def trial(session: Session) -> int:
    make_paid.card(session)
    plan = make_paid.plan(session, make_paid.program(session), MONTHLY, months=1)
    return make_paid.member(session, plan, with_trial=True)


def states(database: Database) -> list[PaymentState]:
    with database.reading() as session:
        return [row.state for row in session.exec(select(MembershipPayment))]


@pytest.fixture(autouse=True)
def test_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    make_paid.with_test_provider(monkeypatch)


@pytest.mark.parametrize("place, left", [("before-payment", 0), ("after-payment", 1)])
def test_a_worker_killed_at_the_till_charges_once(
    database: Database, nursery: Nursery, tmp_path: Path, place: str, left: int
) -> None:
    with clock.at(STARTED):
        paid_id = database.writing(trial)
    now = tmp_path / "now"
    now.write_text("2026-04-01T12:00:00+00:00")
    told = {
        **environment(database, tmp_path),
        "FIDELIO_DEVELOPMENT": "true",
        "FIDELIO_PAYMENTS": "test",
        "FIDELIO_CLOCK_FILE": str(now),
        "FIDELIO_STATE_DIRECTORY": str(tmp_path),
    }
    provider = DeterministicProvider(tmp_path / "test-payments.jsonl")
    log = tmp_path / "worker.log"

    doomed = nursery.start("worker", environment={**told, "FIDELIO_FAILPOINT": f"{place}:1"}, log=log)
    assert doomed.ended() == -signal.SIGKILL
    assert (states(database), len(provider.taken())) == ([PaymentState.ASKED], left)

    now.write_text("2026-04-01T12:03:00+00:00")
    second = nursery.start("worker", environment={**told, "FIDELIO_FAILPOINT": ""}, log=log)
    wait_until(lambda: states(database) == [PaymentState.PAID])
    assert second.stop() == 0

    assert len(provider.taken()) == 1
    with database.reading() as session:
        row = make_paid.fresh(session, paid_id)
        assert (row.state, row.period_no) == (PaidState.ACTIVE, 1)
