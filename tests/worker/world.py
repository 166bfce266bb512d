"""A shop on the eve of an order and a decision, a server over it, and what must be true when both are through."""

import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
from sqlalchemy import Select
from sqlmodel import Session, SQLModel, col, func, select

from core import accounts
from core.db import Database
from core.idempotency import IdempotencyKey
from core.identity import Permission, Role
from core.ids import to_public
from core.outbox import OutboxEvent, ReactionFailure, ReactionRun
from loyalty.drafts import RuleDraft
from loyalty.tables import EntryKind, LedgerEntry, Membership, RuleKind
from shop import storefronts
from shop.tables import Order
from tests.make import loyalty, shop, ugc
from tests.make.shop import accepted
from tests.worker.nursery import Child, Nursery
from ugc import ratings
from ugc.states import ReviewAct, ReviewStatus
from ugc.tables.reviews import ModerationDecision, Review
from worker.reactions import REACTIONS
from worker.runner import Worker

FIFTY_A_REVIEW = RuleDraft(kind=RuleKind.REVIEW_PUBLISHED, points=50)

_ORDER = """mutation Tell($input: RecordOrderInput!, $key: String) {
  recordOrder(input: $input, idempotencyKey: $key) { order { id } outcome userErrors { code } }
}"""
_APPROVE = """mutation Approve($input: ModerateReviewInput!, $key: String) {
  moderateReview(input: $input, idempotencyKey: $key) { review { id } userErrors { code } }
}"""
_PATIENCE_SECONDS = 20.0
# what reacts to the two acts; that points moved is reacted to as well
_EARNING = ("loyalty.order_paid", "loyalty.review_published")


@dataclass(frozen=True)
class World:
    """Committed rows: a member whose first review waits, and who is about to buy for 30.00."""

    database: Database
    storefront_key: str
    service_key: str
    staff_token: str
    review_id: int
    membership_id: int

    @classmethod
    def make(cls, database: Database) -> "World":
        """The rows, with everything that they told already reacted to."""
        world = database.writing(lambda session: cls._make(database, session))
        Worker(database, REACTIONS).drain()
        return world

    @classmethod
    def _make(cls, database: Database, session: Session) -> "World":
        program = loyalty.program(session, loyalty.program_draft(loyalty.ONE_PER_EURO, FIFTY_A_REVIEW))
        membership_id = loyalty.member(session, program, "ada")
        review_id = ugc.review(session, author_id=shop.customer(session, "ada"), promised=True)
        mona = accepted(
            accounts.create_staff(
                session, email="mona@example.com", name="Mona", role=Role.MODERATOR, password="a long enough password"
            )
        )
        _, service_key = accepted(
            accounts.create_service_key(session, name="erp", scopes=[Permission.MANAGE_SHOP.value])
        )
        front = storefronts.by_handle(session, "paris")
        assert front is not None
        return cls(
            database=database,
            storefront_key=front.publishable_key,
            service_key=service_key,
            staff_token=accounts.issue_credential(session, mona, for_console=False),
            review_id=review_id,
            membership_id=membership_id,
        )

    def counts(self) -> dict[str, int]:
        """What is in the database now, seen by a connection of the test's own."""
        with self.database.reading() as session:
            return {
                "orders": _count(session, Order),
                "approvals": _count(session, ModerationDecision, col(ModerationDecision.act) == ReviewAct.APPROVE),
                "events": _count(session, OutboxEvent, col(OutboxEvent.name).in_(("OrderPaid", "ReviewPublished"))),
                "unsettled": _count(session, OutboxEvent, col(OutboxEvent.settled_at).is_(None)),
                # of the rooms: each event that is told outside is fanned out besides
                "reactions": _count(session, ReactionRun, col(ReactionRun.reaction).in_(_EARNING)),
                "failures": _count(session, ReactionFailure),
                "earned": _count(session, LedgerEntry, col(LedgerEntry.kind) == EntryKind.EARN),
                "entries": _count(session, LedgerEntry),
                "points": session.exec(select(func.coalesce(func.sum(col(LedgerEntry.points)), 0))).one(),
                "balance": session.get_one(Membership, self.membership_id).balance,
                "keys": _count(session, IdempotencyKey),
                "published": _count(session, Review, col(Review.status) == ReviewStatus.PUBLISHED),
                "drifts": len(ratings.drifts(session)),
            }


# both acts through, once
DONE = {
    "orders": 1,
    "approvals": 1,
    "events": 2,
    "unsettled": 0,
    "reactions": 2,
    "failures": 0,
    "earned": 2,
    "entries": 2,
    "points": 80,
    "balance": 80,
    "keys": 2,
    "published": 1,
    "drifts": 0,
}


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Server:
    """A `fidelio serve` over the world."""

    world: World
    nursery: Nursery
    folder: Path
    port: int = field(default_factory=free_port)

    def start(self, failpoint: str = "", *arguments: str) -> Child:
        """Start it, and wait until it answers."""
        child = self.nursery.start(
            "serve",
            "--development",
            f"--port={self.port}",
            *arguments,
            environment={**environment(self.world.database, self.folder), "FIDELIO_FAILPOINT": failpoint},
            log=self.folder / "server.log",
        )
        wait_until(self._answers)
        return child

    def tell_order(self) -> Any:  # noqa: ANN401 - JSON
        """recordOrder, always under the same key; None when no answer came."""
        order = {
            "externalId": "order-1",
            "customer": {"externalId": "ada"},
            "state": "PAID",
            "currency": "EUR",
            "lines": [{"externalId": "line-1", "title": "Tea", "quantity": 1, "totalMinor": 3000}],
            "placedAt": "2026-03-01T10:00:00.000Z",
            "updatedAt": "2026-03-01T10:00:00.000Z",
        }
        headers = {"Fidelio-Storefront-Key": self.world.storefront_key}
        return self.ask(_ORDER, order, token=self.world.service_key, headers=headers)

    def approve(self) -> Any:  # noqa: ANN401 - JSON
        """moderateReview, always under the same key; None when no answer came."""
        decision = {
            "reviewId": to_public("Review", self.world.review_id),
            "revisionNo": 1,
            "version": 1,
            "decision": "APPROVE",
        }
        return self.ask(_APPROVE, decision, token=self.world.staff_token, headers={})

    def ask(self, document: str, what: dict[str, Any], *, token: str, headers: dict[str, str]) -> Any:  # noqa: ANN401
        """The mutation's payload, always under the same key; None when no answer came."""
        told = {"Authorization": f"Bearer {token}", **headers}
        asked = {"query": document, "variables": {"input": what, "key": "the same key"}}
        try:
            answer = httpx2.post(f"{self._url}/graphql", json=asked, headers=told, timeout=_PATIENCE_SECONDS)
        except httpx2.TransportError:
            return None
        (payload,) = answer.json()["data"].values()
        assert payload["userErrors"] == []
        return payload

    def _answers(self) -> bool:
        try:
            return httpx2.get(f"{self._url}/healthz", timeout=1).is_success
        except httpx2.TransportError:
            return False

    @property
    def _url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def environment(database: Database, folder: Path) -> dict[str, str]:
    """What a process over the database is told."""
    return {
        "FIDELIO_DATABASE_URL": database.writing_engine.url.render_as_string(hide_password=False),
        "FIDELIO_STATE_DIRECTORY": str(folder),
        "FIDELIO_MEDIA_DIRECTORY": str(folder / "media"),
        "FIDELIO_SECRET_KEY": "a-secret-of-the-tests-and-of-nobody-else",
        "FIDELIO_DEVELOPMENT": "1",
    }


def wait_until(condition: Callable[[], bool]) -> None:
    """Come back as soon as the condition holds; fail when it never does."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def _count(session: Session, model: type[SQLModel], *where: Any) -> int:  # noqa: ANN401 - conditions
    counted: Select[Any] = select(func.count()).select_from(model).where(*where)
    number: int = session.execute(counted).scalar_one()
    return number
