"""`fidelio keys`: service keys are drawn, shown once, and refused when revoked."""

import re

from core import accounts
from core.db import Database
from core.identity import Permission
from core.settings import settings
from shop import storefronts
from shop.customer_tokens import terms_of
from tests.api.conftest import make_storefront
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


def test_keys_are_listed_without_their_text(fidelio: Fidelio) -> None:
    drawn = fidelio("keys", "create", "erp", "--scope", "MANAGE_SHOP", "--days", "30")

    listed = fidelio("keys", "list").stdout

    assert re.fullmatch(r"\d+  erp  MANAGE_SHOP  until \d{4}-\d\d-\d\d, never used\n", listed)
    assert drawn.stdout.split()[0] not in listed


def test_a_storefronts_key_and_secret_are_rotated(fidelio: Fidelio) -> None:
    fidelio("migrate")
    database = Database.open(settings().database_url)
    before = make_storefront(database, "main")

    secret = fidelio("keys", "rotate-secret", "main").stdout.strip()
    key = fidelio("keys", "rotate-key", "main", "--overlap-hours", "0").stdout.strip()

    with database.reading() as session:
        assert storefronts.by_key(session, before.publishable_key) is None
        found = storefronts.by_key(session, key)
    assert found is not None
    assert terms_of(found).secrets == (secret, before.customer_secret)
    assert fidelio("keys", "storefronts").stdout.startswith(f"main  {key}  (former one until ")


def test_a_storefront_that_is_not_there_has_nothing_to_rotate(fidelio: Fidelio) -> None:
    fidelio("migrate")

    assert fidelio("keys", "rotate-key", "nowhere").exit_code == 1
