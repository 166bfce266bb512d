"""Administrators draw, see and revoke service keys; the text of one is shown once and kept nowhere."""

import pytest

from core.identity import SCOPES, Permission, Role
from tests.api.conftest import Api, Callee
from tests.api.walk.fingerprints import fingerprint
from tests.conftest import FrozenClock

WHO = "{ viewer { kind permissions } }"
CREATE = """mutation ($input: CreateServiceKeyInput!, $key: String) { createServiceKey(
  input: $input, idempotencyKey: $key) {
  text serviceKey { id name scopes expiresAt revokedAt lastUsedAt } userErrors { code field message } } }"""
REVOKE = """mutation ($id: ID!) { revokeServiceKey(input: { serviceKeyId: $id }) {
  serviceKey { revokedAt } userErrors { code field } } }"""
LIST = "{ serviceKeys(first: 1) { nodes { name scopes lastUsedAt } pageInfo { hasNextPage } } }"


@pytest.fixture
def admin(api: Api) -> Callee:
    """An administrator."""
    return api.as_staff(Role.ADMIN)


def bearing(api: Api, text: str) -> Callee:
    return Callee(api.client, {"Authorization": f"Bearer {text}"})


def test_a_key_is_shown_once_and_opens_what_its_scopes_say(api: Api, admin: Callee) -> None:
    given = {"name": "erp", "scopes": ["MANAGE_SHOP"]}

    made = admin.data(CREATE, input=given, key="k")["createServiceKey"]
    again = admin.data(CREATE, input=given, key="k")["createServiceKey"]

    who = bearing(api, made["text"]).data(WHO)["viewer"]
    assert who == {"kind": "SERVICE", "permissions": ["MANAGE_SHOP", "READ_PUBLIC"]}
    assert (again["text"], again["serviceKey"]["id"]) == (None, made["serviceKey"]["id"])


def test_nothing_that_is_kept_opens_anything(api: Api, admin: Callee) -> None:
    text = admin.data(CREATE, input={"name": "erp", "scopes": []}, key="k")["createServiceKey"]["text"]

    with api.database.reading() as session:
        kept = [
            row
            for table in ("service_key", "idempotency_key")
            for row in session.connection().exec_driver_sql(f"SELECT * FROM {table}").all()  # noqa: S608 - the test's
        ]
    assert len(kept) == 2
    assert text not in str(kept)


def test_a_revoked_key_opens_nothing_from_its_next_request(api: Api, admin: Callee) -> None:
    made = admin.data(CREATE, input={"name": "erp", "scopes": []})["createServiceKey"]
    system = bearing(api, made["text"])
    system.data(WHO)

    admin.data(REVOKE, id=made["serviceKey"]["id"])

    assert system.code(WHO) == "UNAUTHENTICATED"
    again = admin.data(REVOKE, id=made["serviceKey"]["id"])["revokeServiceKey"]["userErrors"]
    assert again == [{"code": "KEY_NOT_FOUND", "field": ["serviceKeyId"]}]


def test_a_key_ends_with_its_days(api: Api, admin: Callee, frozen_clock: FrozenClock) -> None:
    made = admin.data(CREATE, input={"name": "erp", "scopes": [], "days": 1})["createServiceKey"]
    system = bearing(api, made["text"])

    assert made["serviceKey"]["expiresAt"] == "2026-03-03T12:00:00.000Z"
    assert system.data(WHO)["viewer"]["kind"] == "SERVICE"
    frozen_clock.advance(days=1)
    assert system.code(WHO) == "UNAUTHENTICATED"


@pytest.mark.parametrize("scope", sorted(set(Permission) - SCOPES))
def test_a_scope_that_keys_do_not_have_is_refused_with_those_there_are(api: Api, admin: Callee, scope: str) -> None:
    admin.data(WHO)
    before = fingerprint(api.database)

    (error,) = admin.data(CREATE, input={"name": "erp", "scopes": [scope]})["createServiceKey"]["userErrors"]

    assert (error["code"], error["field"]) == ("UNKNOWN_SCOPE", ["scopes"])
    assert "MANAGE_LOYALTY, MANAGE_SHOP, READ_MEMBERS, READ_PUBLIC, READ_REVIEWS" in error["message"]
    assert fingerprint(api.database) == before


@pytest.mark.parametrize("name", ["", "x" * 121, "a\nb"])
def test_a_key_has_a_name(admin: Callee, name: str) -> None:
    (error,) = admin.data(CREATE, input={"name": name, "scopes": []})["createServiceKey"]["userErrors"]

    assert error["code"] == "INVALID_NAME"


def test_keys_are_listed_with_their_last_use(api: Api, admin: Callee, frozen_clock: FrozenClock) -> None:
    admin.data(CREATE, input={"name": "old", "scopes": []})
    made = admin.data(CREATE, input={"name": "new", "scopes": ["READ_MEMBERS"]})["createServiceKey"]
    bearing(api, made["text"]).data(WHO)

    page = admin.data(LIST)["serviceKeys"]

    assert page["nodes"] == [{"name": "new", "scopes": ["READ_MEMBERS"], "lastUsedAt": "2026-03-02T12:00:00.000Z"}]
    assert page["pageInfo"]["hasNextPage"]
