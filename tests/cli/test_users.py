"""`fidelio users`: the first admin, and tokens for the API."""

import pytest

from core import accounts
from core.db import Database
from core.identity import Role
from core.refusal import Refusal
from core.settings import settings
from tests.cli.conftest import Fidelio

PASSWORD = "a long enough password"
CREATE = ("users", "create", "ada@example.com", "--name", "Ada", "--role", "ADMIN")


def test_an_account_is_opened_and_can_sign_in(fidelio: Fidelio) -> None:
    created = fidelio(*CREATE, "--password", PASSWORD)

    assert (created.exit_code, created.stdout) == (0, "ada@example.com may now sign in as admin.\n")
    database = Database.open(settings().database_url)
    with database.reading() as session:
        account = accounts.authenticate(session, email="ada@example.com", password=PASSWORD)
    assert isinstance(account, accounts.StaffAccount)
    assert account.role is Role.ADMIN


def test_the_password_is_asked_for_twice_when_it_is_not_given(fidelio: Fidelio) -> None:
    created = fidelio(*CREATE, input=f"{PASSWORD}\n{PASSWORD}\n")

    assert created.exit_code == 0
    assert PASSWORD not in created.stdout


def test_an_address_that_is_taken_is_refused_in_a_sentence(fidelio: Fidelio) -> None:
    fidelio(*CREATE, "--password", PASSWORD)

    again = fidelio(*CREATE, "--password", PASSWORD)

    assert again.exit_code == 1
    assert again.stdout == ""
    assert again.stderr.endswith(".\n")


def test_a_token_is_shown_once_and_names_the_account(fidelio: Fidelio) -> None:
    fidelio(*CREATE, "--password", PASSWORD)

    token = fidelio("users", "token", "ada@example.com", "--days", "2").stdout.strip()

    with Database.open(settings().database_url).reading() as session:
        account = accounts.staff_of(session, token, for_console=False)
    assert account is not None
    assert account.email == "ada@example.com"


def test_nobody_unknown_gets_a_token(fidelio: Fidelio) -> None:
    refused = fidelio("users", "token", "nobody@example.com")

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert "nobody@example.com" in refused.stderr


def live(token: str) -> bool:
    """Whether the API takes the token."""
    with Database.open(settings().database_url).reading() as session:
        return accounts.staff_of(session, token, for_console=False) is not None


def test_accounts_are_listed_with_their_roles(fidelio: Fidelio) -> None:
    fidelio(*CREATE, "--password", PASSWORD)
    fidelio("users", "role", "ada@example.com", "MARKETER")

    assert fidelio("users", "list").stdout == "ada@example.com  Ada  MARKETER  active\n"


@pytest.mark.parametrize(
    "command", [("deactivate",), ("sign-out",), ("password", "--password", "another long password")]
)
def test_what_ends_access_ends_its_tokens_at_once(fidelio: Fidelio, command: tuple[str, ...]) -> None:
    fidelio(*CREATE, "--password", PASSWORD)
    token = fidelio("users", "token", "ada@example.com").stdout.strip()
    assert live(token)

    done = fidelio("users", command[0], "ada@example.com", *command[1:])

    assert done.exit_code == 0
    assert not live(token)


def test_a_closed_account_cannot_sign_in(fidelio: Fidelio) -> None:
    fidelio(*CREATE, "--password", PASSWORD)
    fidelio("users", "deactivate", "ada@example.com")

    with Database.open(settings().database_url).reading() as session:
        answer = accounts.authenticate(session, email="ada@example.com", password=PASSWORD)
    assert isinstance(answer, Refusal)
    assert fidelio("users", "list").stdout.endswith("closed\n")
    assert fidelio("users", "token", "ada@example.com").exit_code == 1
