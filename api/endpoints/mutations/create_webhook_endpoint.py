"""createWebhookEndpoint: have an address told of events."""

from collections.abc import Mapping
from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.endpoints import outcomes
from api.endpoints.types import WebhookEndpoint
from api.enums import error_codes
from api.fields import mutation
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from core.webhooks import endpoints
from publishing.outward.events import OutwardEvent


@strawberry.input(description="Where to send and what to tell.")
class CreateWebhookEndpointInput:
    """As core.webhooks.endpoints.create."""

    url: str = strawberry.field(description="An https address, on port 443 or one from 1024 on.")
    event_types: list[OutwardEvent] = strawberry.field(description="What it is to be told of.")


@error_codes("Why createWebhookEndpoint did nothing.")
class CreateWebhookEndpointErrorCode(Enum):
    """Every code of core.webhooks.endpoints.create."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    INVALID_TARGET = "INVALID_TARGET"
    HTTPS_REQUIRED = "HTTPS_REQUIRED"
    PRIVATE_TARGET = "PRIVATE_TARGET"
    PORT_NOT_ALLOWED = "PORT_NOT_ALLOWED"
    NO_EVENT_TYPES = "NO_EVENT_TYPES"
    TOO_MANY_ENDPOINTS = "TOO_MANY_ENDPOINTS"


@strawberry.type(description="What createWebhookEndpoint answers.")
class CreateWebhookEndpointPayload:
    """The endpoint with its secret, or why not."""

    endpoint: WebhookEndpoint | None = strawberry.field(description="The new endpoint.")
    secret: str | None = strawberry.field(
        description="What signs its webhooks: `whsec_` and base64. Shown this once: keep it where the receiver runs."
    )
    user_errors: list[UserError[CreateWebhookEndpointErrorCode]] = strawberry.field(
        description="Empty when it was done."
    )


@mutation(requires=Permission.MANAGE_SHOP)
async def create_webhook_endpoint(
    info: Info, input: CreateWebhookEndpointInput, idempotency_key: IdempotencyKey = None
) -> CreateWebhookEndpointPayload:
    """Tell an address of events from now on. What happened before: replayWebhookEvents."""
    types = [each.value for each in input.event_types]
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: outcomes.named(endpoints.create(session, url=input.url, event_types=types)),
    )
    if isinstance(outcome, Refusal):
        errors = user_errors(info, CreateWebhookEndpointErrorCode, outcome)
        return CreateWebhookEndpointPayload(endpoint=None, secret=None, user_errors=errors)
    made = cast("Mapping[str, int | str | None]", outcome)
    endpoint, secret = await outcomes.endpoint(info, made["endpointId"]), await outcomes.secret(info, made)
    return CreateWebhookEndpointPayload(endpoint=endpoint, secret=secret, user_errors=[])
