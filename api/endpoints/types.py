"""Webhook endpoints, what is owed to them and each attempt, as staff see them. What an event is is event_types'."""

from typing import Annotated, cast

import strawberry

from api.audience import seen_by
from api.connections import After, Connection, First, connection, page_size, place
from api.context import Info
from api.endpoints import loaders
from api.endpoints.event_types import WebhookEvent
from api.enums import described
from api.fields import field
from api.nodes import Node
from api.root import node_type
from api.scalars import URL, DateTime
from core.identity import Permission
from core.webhooks import deliveries, tables
from core.webhooks.tables import AttemptOutcome, DeliveryState, DisabledReason, EndpointState
from publishing.outward.events import OutwardEvent

described(
    EndpointState,
    name="WebhookEndpointState",
    description="Whether an endpoint is sent to.",
    values={
        "ACTIVE": "It is.",
        "PAUSED": "Staff asked to wait; what happens meanwhile is kept and sent when it is resumed.",
        "DISABLED": "The platform gave up; what happens meanwhile is not kept, but can be replayed.",
    },
)
described(
    DeliveryState,
    name="WebhookDeliveryState",
    description="What has become of an event for one endpoint.",
    values={
        "PENDING": "It waits for its first or its next attempt.",
        "DELIVERED": "The endpoint answered with a status from 200 to 299.",
        "DEAD": "Given up on; redeliverWebhook puts it back to work.",
    },
)
described(
    AttemptOutcome,
    name="WebhookAttemptOutcome",
    description="How one attempt ended.",
    values={
        "ANSWERED": "With an answer: `status` says whether it was taken.",
        "REDIRECTED": "With a redirect, which is not followed.",
        "INVALID_URL": "The address is none that can be sent to.",
        "UNKNOWN_HOST": "The host's name has no address.",
        "PRIVATE_ADDRESS": "The host's name leads to an address that is not on the public internet.",
        "CONNECTION_FAILED": "No connection, or it broke.",
        AttemptOutcome.TIMEOUT.name: "No answer within 15 seconds.",
        "BROKEN_ANSWER": "The answer was no HTTP.",
    },
)


@seen_by(Permission.MANAGE_SHOP)
@strawberry.type(description="A secret that signs an endpoint's webhooks now. Itself, it is shown when it is drawn.")
class WebhookSecret:
    """A core.webhooks.tables.EndpointSecret without what it is derived from."""

    created_at: DateTime = strawberry.field(description="When it was drawn.")
    expires_at: DateTime | None = strawberry.field(description="When it stops signing; null for the newest.")


@seen_by(Permission.MANAGE_SHOP)
@strawberry.type(description="One exchange with an endpoint.")
class WebhookAttempt:
    """A core.webhooks.tables.EndpointAttempt."""

    number: int = strawberry.field(description="From 1.")
    at: DateTime = strawberry.field(description="When it was made.")
    milliseconds: int = strawberry.field(description="How long it took.")
    outcome: AttemptOutcome = strawberry.field(description="How it ended.")
    status: int | None = strawberry.field(description="The answer's status; null without an answer.")
    excerpt: str = strawberry.field(description="The answer's first 200 characters.")


@seen_by(Permission.MANAGE_SHOP)
@strawberry.type(description="An event that an endpoint is owed. Kept for 30 days.")
class WebhookDelivery(Node):
    """A core.webhooks.tables.EndpointDelivery."""

    state: DeliveryState = strawberry.field(description="What has become of it.")
    queued_at: DateTime = strawberry.field(description="When it was last put to work.")

    @field()
    def next_attempt_at(self) -> DateTime | None:
        """When it is tried next, at the earliest; null when it is not."""
        row = cast("tables.EndpointDelivery", self)
        return DateTime(row.next_at) if row.state is DeliveryState.PENDING else None

    @field()
    async def event(self, info: Info) -> WebhookEvent:
        """What is told, as it is sent."""
        message_id = cast("tables.EndpointDelivery", self).message_id
        message = await info.context.load(loaders.messages_by_ids, message_id)
        return WebhookEvent.of(cast("tables.EndpointMessage", message).body)

    @field(name="attempts")
    async def exchanges(self, info: Info) -> list[WebhookAttempt]:
        """Its attempts, newest first; the latest 20."""
        row = cast("tables.EndpointDelivery", self)
        return cast("list[WebhookAttempt]", await info.context.load(loaders.attempts_of_deliveries, row.id) or [])


@seen_by(Permission.MANAGE_SHOP)
@strawberry.type(description="An address that is told of events by signed webhooks.")
class WebhookEndpoint(Node):
    """A core.webhooks.tables.WebhookEndpoint."""

    url: URL = strawberry.field(description="Where webhooks are sent.")
    state: EndpointState = strawberry.field(description="Whether they are sent.")
    reason: DisabledReason | None = strawberry.field(description="Why the platform gave up, when it did.")
    state_since: DateTime = strawberry.field(description="Since when it is in this state.")
    failures: int = strawberry.field(description="Failed attempts since the last success.")
    failing_since: DateTime | None = strawberry.field(description="The first of those; null after a success.")
    created_at: DateTime = strawberry.field(description="When it was made.")

    @field(name="eventTypes")
    def subscribed(self) -> list[OutwardEvent]:
        """What it is told of."""
        return [OutwardEvent(name) for name in cast("tables.WebhookEndpoint", self).event_types]

    @field()
    async def secrets(self, info: Info) -> list[WebhookSecret]:
        """The secrets that sign now, newest first; several during a rotation, 5 at most."""
        row = cast("tables.WebhookEndpoint", self)
        return cast("list[WebhookSecret]", await info.context.load(loaders.secrets_of_endpoints, row.id) or [])

    @field()
    async def deliveries(
        self,
        info: Info,
        first: First = 10,
        after: After = None,
        state: Annotated[
            DeliveryState | None, strawberry.argument(description="Only those in this state, such as dead letters.")
        ] = None,
    ) -> Connection[WebhookDelivery]:
        """What it is and was owed, newest first."""
        size, key = page_size(first), cast("tuple[int] | None", place(after, int))
        endpoint_id = cast("tables.WebhookEndpoint", self).id
        page = await info.context.rooms.read(deliveries.page, endpoint_id, first=size, state=state, after=key)
        return connection(WebhookDelivery, page, after=after)


@node_type("WebhookEndpoint")
async def find_endpoint(info: Info, number: int) -> object | None:
    """Any, for those who manage the shop."""
    return await info.context.load(loaders.endpoints_by_ids, number)


@node_type("WebhookDelivery")
async def find_delivery(info: Info, number: int) -> object | None:
    """Any, for those who manage the shop."""
    return await info.context.load(loaders.deliveries_by_ids, number)
