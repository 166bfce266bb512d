"""Endpoints, their secrets' seeds, messages, deliveries and attempts, as they are stored."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core import db, ids

MAX_EXCERPT = 200


class EndpointState(StrEnum):
    """Whether an endpoint is sent to.

    - ACTIVE: yes.
    - PAUSED: staff asked to wait; what happens meanwhile is kept and sent when it is resumed.
    - DISABLED: the platform gave up, and why is in `reason`; what happens meanwhile is not kept, but can be replayed.
    """

    ACTIVE = "ACTIVE"
    PAUSED = "PAUSED"
    DISABLED = "DISABLED"


class DisabledReason(StrEnum):
    """Why the platform gave up: nothing but failures for days, or an answer 410 Gone."""

    FAILING = "FAILING"
    GONE = "GONE"


class DeliveryState(StrEnum):
    """What has become of a message to one endpoint; DEAD ones can be delivered again by hand."""

    PENDING = "PENDING"
    DELIVERED = "DELIVERED"
    DEAD = "DEAD"


class AttemptOutcome(StrEnum):
    """How one attempt ended: with a status, or why without one. ANSWERED is a success from 200 to 299 only."""

    ANSWERED = "ANSWERED"
    REDIRECTED = "REDIRECTED"
    INVALID_URL = "INVALID_URL"
    UNKNOWN_HOST = "UNKNOWN_HOST"
    PRIVATE_ADDRESS = "PRIVATE_ADDRESS"
    CONNECTION_FAILED = "CONNECTION_FAILED"
    TIMEOUT = "TIMEOUT"
    BROKEN_ANSWER = "BROKEN_ANSWER"


class WebhookEndpoint(SQLModel, table=True):
    """An address that is told of events.

    `failures` and `failing_since` count from the last success. One worker at a time sends to an endpoint: it holds
    the `lease` until `leased_until`. `rests_until` is what the receiver asked for with Retry-After.
    """

    __tablename__ = "webhook_endpoint"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    url: str
    event_types: list[str] = Field(sa_type=JSON)
    state: EndpointState = Field(default=EndpointState.ACTIVE, sa_type=db.closed_set(EndpointState))
    reason: DisabledReason | None = Field(default=None, sa_type=db.closed_set(DisabledReason))
    state_since: datetime = Field(sa_type=db.Instant)
    failures: int = 0
    failing_since: datetime | None = Field(default=None, sa_type=db.Instant)
    lease: int = Field(default=0, sa_type=BigInteger)
    leased_until: datetime = Field(sa_type=db.Instant)
    rests_until: datetime = Field(sa_type=db.Instant)
    created_at: datetime = Field(sa_type=db.Instant)

    @property
    def type_name(self) -> str:
        """The node type of this row."""
        return "WebhookEndpoint"

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public(self.type_name, self.id)


class EndpointSecret(SQLModel, table=True):
    """What a secret is derived from, together with the house's own key: this table alone signs nothing."""

    __tablename__ = "endpoint_secret"

    endpoint_id: int = Field(primary_key=True, foreign_key="webhook_endpoint.id", sa_type=BigInteger)
    number: int = Field(primary_key=True)
    seed: str
    created_at: datetime = Field(sa_type=db.Instant)
    expires_at: datetime | None = Field(default=None, sa_type=db.Instant)


class EndpointMessage(SQLModel, table=True):
    """An event as it is told outside. `id` is the outbox event's; `body` is what is signed and sent, byte for byte."""

    __tablename__ = "endpoint_message"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    type: str
    body: str
    occurred_at: datetime = Field(sa_type=db.Instant)


class EndpointDelivery(SQLModel, table=True):
    """A message to one endpoint. `tries` counts since it was `queued_at`, `attempts` all there ever were."""

    __tablename__ = "endpoint_delivery"
    __table_args__ = (
        UniqueConstraint("message_id", "endpoint_id"),
        Index("endpoint_delivery_page", "endpoint_id", "id"),
        Index("endpoint_delivery_due", "endpoint_id", "state", "next_at"),
        Index("endpoint_delivery_age", "queued_at"),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    message_id: int = Field(foreign_key="endpoint_message.id", sa_type=BigInteger)
    endpoint_id: int = Field(foreign_key="webhook_endpoint.id", sa_type=BigInteger)
    state: DeliveryState = Field(default=DeliveryState.PENDING, sa_type=db.closed_set(DeliveryState))
    tries: int = 0
    attempts: int = 0
    next_at: datetime = Field(sa_type=db.Instant)
    queued_at: datetime = Field(sa_type=db.Instant)

    @property
    def type_name(self) -> str:
        """The node type of this row."""
        return "WebhookDelivery"

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public(self.type_name, self.id)


class EndpointAttempt(SQLModel, table=True):
    """One exchange with an endpoint: when, how long, what came back. `excerpt` is the answer's first characters."""

    __tablename__ = "endpoint_attempt"

    delivery_id: int = Field(primary_key=True, foreign_key="endpoint_delivery.id", sa_type=BigInteger)
    number: int = Field(primary_key=True)
    at: datetime = Field(sa_type=db.Instant)
    milliseconds: int
    outcome: AttemptOutcome = Field(sa_type=db.closed_set(AttemptOutcome))
    status: int | None = None
    excerpt: str = Field(default="", max_length=MAX_EXCERPT)
