"""The real console over a fresh database, and the people who work in it."""

from collections.abc import Callable

import pytest
from sqlmodel import Session
from starlette.applications import Starlette
from starlette.routing import Mount

from console.app import create_console
from core import accounts
from core.crossing import House
from core.db import Database
from core.identity import Role
from core.refusal import Refusal
from core.settings import settings
from tests.conftest import FrozenClock
from tests.console.browsing import Browser
from tests.make import ugc as make
from ugc.tables.reviews import Review

PASSWORD = "a long enough password"


class Office:
    """The console, its database and its people, who all have one password."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.app = Starlette(routes=[Mount("/console", create_console(House(database), settings()))])

    def hire(self, name: str, *, role: Role = Role.MODERATOR, locale: str = "en") -> int:
        """A new member of staff, whose e-mail is their name's."""

        def open_account(session: Session) -> int | Refusal:
            return accounts.create_staff(
                session, email=f"{name}@shop.test", name=name.title(), role=role, password=PASSWORD, locale=locale
            )

        made = self.database.writing(open_account)
        assert isinstance(made, int)
        return made

    def browser(self) -> Browser:
        """A browser nobody has signed in with."""
        return Browser(self.app)

    def signed_in(self, name: str = "maud", *, role: Role = Role.MODERATOR, locale: str = "en") -> Browser:
        """A new member of staff at their browser."""
        self.hire(name, role=role, locale=locale)
        return self.browser().sign_in(f"{name}@shop.test", PASSWORD)

    def given(self, make_it: Callable[[Session], int]) -> int:
        """What a builder makes."""
        return self.database.writing(make_it)

    def review(self, review_id: int) -> Review:
        """The review as it is now."""
        with self.database.reading() as session:
            return make.stored(session, review_id)


@pytest.fixture
def office(database: Database, frozen_clock: FrozenClock) -> Office:
    """On a Monday at noon, UTC."""
    return Office(database)
