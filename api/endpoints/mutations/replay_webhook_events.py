"""replayWebhookEvents: send an endpoint what happened in a time range."""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import cast

import strawberry
from sqlmodel import Session

from api.context import Info
from api.endpoints import outcomes
from api.endpoints.types import WebhookEndpoint
from api.enums import error_codes
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.scalars import DateTime
from api.writing import IdempotencyKey, write
from core.idempotency import Answer
from core.identity import Permission
from core.ids import to_public
from core.refusal import Refusal
from core.webhooks.deliveries import ReplayDraft
from publishing.outward import telling
from publishing.outward.events import OutwardEvent


@strawberry.input(description="Which events to send again to which endpoint.")
class ReplayWebhookEventsInput:
    """As core.webhooks.deliveries.ReplayDraft."""

    endpoint_id: strawberry.ID = strawberry.field(description="Which endpoint.")
    since: DateTime = strawberry.field(description="The first instant of the range.")
    until: DateTime = strawberry.field(description="The first instant after it; at most 31 days later.")
    event_types: list[OutwardEvent] = strawberry.field(
        default_factory=list, description="Only these; without any, all that the endpoint subscribes to."
    )
    after: strawberry.ID | None = strawberry.field(
        default=None, description="The `continueAfter` of the same replay's step before."
    )

    def replay(self, session: Session) -> Answer | Refusal:
        """Ask the room for it."""
        draft = ReplayDraft(
            endpoint_id=id_or_none_such("WebhookEndpoint", self.endpoint_id),
            since=cast("datetime", self.since),
            until=cast("datetime", self.until),
            after=id_or_none_such("Event", self.after) if self.after else 0,
        )
        done = telling.replay(session, draft, types=self.event_types)
        return done if isinstance(done, Refusal) else {"queued": done.queued, "last": done.last}


@error_codes("Why replayWebhookEvents did nothing.")
class ReplayWebhookEventsErrorCode(Enum):
    """Every code of core.webhooks.deliveries.replay."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    ENDPOINT_NOT_FOUND = "ENDPOINT_NOT_FOUND"
    ENDPOINT_NOT_ACTIVE = "ENDPOINT_NOT_ACTIVE"
    INVALID_RANGE = "INVALID_RANGE"
    RANGE_TOO_LONG = "RANGE_TOO_LONG"


@strawberry.type(description="What replayWebhookEvents answers.")
class ReplayWebhookEventsPayload:
    """What was queued, or why nothing was."""

    endpoint: WebhookEndpoint | None = strawberry.field(description="The endpoint.")
    queued: int = strawberry.field(description="How many events will be sent; those that waited already not counted.")
    continue_after: strawberry.ID | None = strawberry.field(
        description="Call again with this as `after`: the range holds more than 500 events. Null: that was all."
    )
    user_errors: list[UserError[ReplayWebhookEventsErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_SHOP)
async def replay_webhook_events(
    info: Info, input: ReplayWebhookEventsInput, idempotency_key: IdempotencyKey = None
) -> ReplayWebhookEventsPayload:
    """Send a time range's events once more, under their ids, also those that the endpoint was never sent."""
    outcome = await write(info, input, idempotency_key, input.replay)
    if isinstance(outcome, Refusal):
        errors = user_errors(info, ReplayWebhookEventsErrorCode, outcome)
        return ReplayWebhookEventsPayload(endpoint=None, queued=0, continue_after=None, user_errors=errors)
    done = cast("Mapping[str, int | None]", outcome)
    last = done["last"]
    return ReplayWebhookEventsPayload(
        endpoint=await outcomes.endpoint(info, id_or_none_such("WebhookEndpoint", input.endpoint_id)),
        queued=done["queued"] or 0,
        continue_after=None if last is None else strawberry.ID(to_public("Event", last)),
        user_errors=[],
    )
