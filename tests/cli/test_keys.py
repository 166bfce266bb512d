"""`fidelio keys`: service keys are drawn, shown once, and refused when revoked."""

import re

from core import accounts
from core.db import Database
from core.identity import Permission
from core.settings import settings
from tests.cli.conftest import Fidelio


def test_a_key_is_drawn_with_its_scopes_and_revoked_by_its_id(fidelio: Fidelio) -> None:
    drawn = fidelio("keys", "create", "erp", "--scope", "MANAGE_SHOP", "--scope", "READ_MEMBERS")

    text, told = drawn.stdout.splitlines()
    (number,) = set(re.findall(r"\d{10,}", told))
    database = Database.open(settings().database_url)
    with database.reading() as session:
        key = accounts.service_key_of(session, text)
        assert key is not None
        assert accounts.permissions_of(key) == {
            Permission.MANAGE_SHOP,
            Permission.READ_MEMBERS,
            Permission.READ_PUBLIC,
        }

    assert fidelio("keys", "revoke", number).exit_code == 0
    with database.reading() as session:
        assert accounts.service_key_of(session, text) is None


def test_a_scope_that_keys_do_not_have_is_refused(fidelio: Fidelio) -> None:
    refused = fidelio("keys", "create", "erp", "--scope", "MANAGE_STAFF")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "MANAGE_STAFF" in refused.stderr


def test_a_key_that_is_not_there_cannot_be_revoked(fidelio: Fidelio) -> None:
    refused = fidelio("keys", "revoke", "1")

    assert refused.exit_code == 1
    assert refused.stderr == "No live key has this id.\n"
