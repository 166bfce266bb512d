"""What a log line may hold: ids, codes and places in the code, never what a customer wrote."""

import json

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from core import clock, ids, logs
from core.db import Database
from shop.tables import Customer, CustomerIdentity, IdentityKind

ADDRESS = "ada@mail.example"


def meet_twice(session: Session) -> None:
    """Give two rows the one address that only one may have."""
    customer_id = ids.new_id()
    session.add(Customer(id=customer_id, email=ADDRESS, created_at=clock.now()))
    session.flush()
    for _ in range(2):
        identity = CustomerIdentity(
            id=ids.new_id(), customer_id=customer_id, kind=IdentityKind.EMAIL, value=ADDRESS, created_at=clock.now()
        )
        session.add(identity)
        session.flush()


def test_what_a_statement_was_run_with_does_not_reach_the_log(
    database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure()
    with Session(database.writing_engine) as session, pytest.raises(IntegrityError) as raised:
        meet_twice(session)

    error_id = logs.report(logs.get(__name__), raised.value)

    line = capsys.readouterr().err.strip()
    assert ADDRESS not in line
    assert json.loads(line)["error_id"] == error_id
    assert "IntegrityError" in line
    assert "test_logs.py" in line


def test_a_statement_that_is_wrong_is_told(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure()
    with database.reading() as session, pytest.raises(Exception, match="nowhere") as raised:
        session.connection().execute(text("SELECT 1 FROM nowhere"))

    logs.report(logs.get(__name__), raised.value)

    assert "nowhere" in capsys.readouterr().err
