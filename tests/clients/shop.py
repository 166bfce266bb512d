"""The running shop that clients are tried on, and what they need to know of it. The process is tests.server's."""

import os
import secrets
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx2

from core import accounts, customer_tokens
from core.customer_tokens import CustomerClaims
from core.identity import Role
from core.refusal import Refusal
from tests.demo import Loaded
from tests.server import FIDELIO, answers, serving
from tests.worker.world import free_port, wait_until

STOREFRONT = "us"
PRODUCT = "bol-matin"


@dataclass(frozen=True)
class Shop:
    """A server over a copy of the demo shop, in its production profile."""

    url: str
    loaded: Loaded

    @property
    def endpoint(self) -> str:
        """Where GraphQL is asked."""
        return f"{self.url}/graphql"

    @property
    def storefront_key(self) -> str:
        """The publishable key of one storefront."""
        return self.loaded.shop.publishable_keys[STOREFRONT]

    def customer_token(self, subject: str | None = None) -> str:
        """A token of a customer whom nobody knows yet, or of the one that is named; as the storefront would mint it."""
        shopper = self.loaded.shop.shoppers[STOREFRONT]
        claims = CustomerClaims(subject or f"C-{secrets.token_hex(6)}", None, "Ada", "Lovelace")
        return customer_tokens.mint(claims, secret=shopper.secret, audience=STOREFRONT)

    def staff_token(self, role: Role = Role.ADMIN) -> str:
        """A token of the demo's member of staff with this role."""
        email = next(login.email for login in self.loaded.shop.staff if login.role == role.value)
        issue = partial(accounts.issue_token_for, email=email, life=timedelta(hours=1))
        database = self.loaded.database
        token = database.writing(issue)
        database.close()
        assert not isinstance(token, Refusal)
        return token

    def told(self) -> dict[str, str]:
        """What a client's script is told, as environment variables; its customer is its own."""
        return {
            "FIDELIO_URL": self.url,
            "FIDELIO_STOREFRONT_KEY": self.storefront_key,
            "FIDELIO_SERVICE_KEY": self.loaded.shop.service_key,
            "FIDELIO_CUSTOMER_TOKEN": self.customer_token(),
            "FIDELIO_STAFF_TOKEN": self.staff_token(),
            "FIDELIO_PRODUCT": PRODUCT,
        }

    def register(self, *paths: Path) -> None:
        """Register documents, as the operator does."""
        environment = {**os.environ, "FIDELIO_DATABASE_URL": self.loaded.address}
        command = [*FIDELIO, "documents", "register", *map(str, paths)]
        subprocess.run(command, env=environment, check=True, capture_output=True)

    def answer_to(self, document_id: str, **variables: object) -> dict[str, Any]:
        """The whole answer to a registered document, by its id."""
        headers = {"Fidelio-Storefront-Key": self.storefront_key}
        body = {"documentId": document_id, "variables": variables}
        answer: dict[str, Any] = httpx2.post(self.endpoint, json=body, headers=headers, timeout=30).json()
        return answer

    def ask(self, document: str, *, bearer: str | None = None, **variables: object) -> dict[str, Any]:
        """The whole answer to a document, sent with the storefront key and, where given, a token."""
        headers = {"Fidelio-Storefront-Key": self.storefront_key}
        if bearer:
            headers["Authorization"] = f"Bearer {bearer}"
        body = {"query": document, "variables": variables}
        answer: dict[str, Any] = httpx2.post(self.endpoint, json=body, headers=headers, timeout=30).json()
        return answer


@contextmanager
def opened(loaded: Loaded, folder: Path) -> Iterator[Shop]:
    """The shop, answering while the block runs."""
    copy = loaded.copy_to(folder)
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with serving(copy.folder, port=port, FIDELIO_SECRET_KEY=secrets.token_hex(32)) as child:
        wait_until(lambda: answers(f"{url}/healthz") or child.poll() is not None)
        assert child.poll() is None, (copy.folder / "printed").read_text()
        yield Shop(url, copy)


def on_ci() -> bool:
    """Whether this is a CI machine, which has a network: what cannot be installed there is a fault, not a reason."""
    return os.environ.get("CI", "").lower() in {"1", "true"}
