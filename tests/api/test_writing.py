"""Writes under a key while another request holds it."""

import pytest
from sqlmodel import Session
from starlette.testclient import TestClient

from api.app import create_app
from core import clock, db
from core.db import Database
from core.idempotency import IdempotencyKey
from core.settings import settings
from tests.api.conftest import Api
from tests.api.ugc import make as make_api
from tests.api.ugc.make import SUBMIT


@pytest.fixture
def impatient(database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """The same database for those who wait for a lock only briefly."""
    monkeypatch.setattr(db, "_LOCK_SECONDS", 0.1)
    return Database.open(database.writing_engine.url.render_as_string(hide_password=False))


def test_a_key_that_is_held_for_too_long_is_in_progress(api: Api, impatient: Database) -> None:
    product_id = make_api.product(api.database, "sencha")
    words = {"productId": product_id, "rating": 4, "body": make_api.BODY.format(1)}
    caller = f"customer:{api.storefront.id}:ada"

    with Session(api.database.writing_engine) as twin, TestClient(create_app(impatient, settings())) as client:
        twin.add(
            IdempotencyKey(caller=caller, operation="submitReview", key="k1", input_hash="x", created_at=clock.now())
        )
        twin.flush()
        ada = api.as_customer("ada")
        ada.client = client
        code = ada.code(SUBMIT, input=words, key="k1")
        twin.rollback()
        afterwards = ada.data(SUBMIT, input=words, key="k1")["submitReview"]
    impatient.close()

    assert code == "IDEMPOTENCY_IN_PROGRESS"
    assert afterwards["userErrors"] == []
