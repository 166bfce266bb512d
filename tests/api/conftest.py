"""The real server over a fresh database, and every kind of caller of it."""

from collections.abc import Iterator
from typing import Any

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from core import accounts, customer_tokens
from core.customer_tokens import CustomerClaims
from core.db import Database
from core.identity import Permission, Role
from core.refusal import Refusal
from core.settings import settings
from shop import storefronts
from shop.storefronts import StorefrontDraft
from shop.tables import Storefront

PASSWORD = "a long enough password"


class Callee:
    """Asks as one caller."""

    def __init__(self, client: TestClient, headers: dict[str, str]) -> None:
        self.client = client
        self.headers = headers

    def run(self, document: str, **variables: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """The parsed answer to a GraphQL document."""
        body = {"query": document, "variables": variables}
        answer: dict[str, Any] = self.client.post("/graphql", json=body, headers=self.headers).json()
        return answer

    def data(self, document: str, **variables: Any) -> Any:  # noqa: ANN401 - JSON
        """The answer's data, which must come without errors."""
        answer = self.run(document, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def code(self, document: str, **variables: Any) -> str:  # noqa: ANN401 - JSON
        """The code of the answer's first error."""
        code: str = self.run(document, **variables)["errors"][0]["extensions"]["code"]
        return code


class Api:
    """One server, its first storefront, and the ways to call it."""

    def __init__(self, client: TestClient, database: Database, storefront: Storefront) -> None:
        self.client = client
        self.database = database
        self.storefront = storefront
        self._people = 0

    def as_nobody(self) -> Callee:
        """Without any key."""
        return Callee(self.client, {})

    def as_visitor(self, storefront: Storefront | None = None) -> Callee:
        """With a publishable key alone."""
        return Callee(self.client, {"Fidelio-Storefront-Key": (storefront or self.storefront).publishable_key})

    def as_customer(
        self,
        external_id: str,
        *,
        storefront: Storefront | None = None,
        first_name: str = "Ada",
        email: str | None = None,
    ) -> Callee:
        """As the shop's customer of this id, with a token the shop would mint."""
        shop = storefront or self.storefront
        claims = CustomerClaims(external_id, email, first_name, "Lovelace")
        token = customer_tokens.mint(claims, secret=shop.customer_secret, audience=shop.handle)
        return Callee(self.client, {**self.as_visitor(shop).headers, "Authorization": f"Bearer {token}"})

    def as_staff(self, role: Role = Role.MODERATOR, *, name: str = "Mona", locale: str = "en") -> Callee:
        """As a new staff account of this role, by API token."""
        self._people += 1
        email = f"staff{self._people}@example.com"

        def make(session: Any) -> str:  # noqa: ANN401 - a session
            made = accounts.create_staff(session, email=email, name=name, role=role, password=PASSWORD, locale=locale)
            assert not isinstance(made, Refusal)
            return accounts.issue_credential(session, made, for_console=False)

        return Callee(self.client, {"Authorization": f"Bearer {self.database.writing(make)}"})

    def as_service(self, *scopes: Permission) -> Callee:
        """As one of the merchant's systems, with these scopes."""
        made = self.database.writing(
            lambda session: accounts.create_service_key(session, name="erp", scopes=[scope.value for scope in scopes])
        )
        assert not isinstance(made, Refusal)
        return Callee(self.client, {"Authorization": f"Bearer {made[1]}"})


def make_storefront(database: Database, handle: str, *, locale: str = "en-US", currency: str = "USD") -> Storefront:
    """A storefront, committed."""
    draft = StorefrontDraft(
        handle=handle,
        name=f"Shop {handle}",
        origin=f"https://{handle}.example",
        locale=locale,
        currency=currency,
        time_zone="Europe/Paris",
        product_url=f"https://{handle}.example/products/{{handle}}",
        allowed_origins=(f"https://{handle}.example",),
    )
    made = database.writing(lambda session: storefronts.record(session, draft))
    assert not isinstance(made, Refusal)
    with database.reading() as session:
        found = storefronts.get(session, made)
        assert found is not None
        return found


@pytest.fixture
def api(database: Database) -> Iterator[Api]:
    """The server over this test's database, with one storefront."""
    storefront = make_storefront(database, "main")
    with TestClient(create_app(database, settings())) as client:
        yield Api(client, database, storefront)
