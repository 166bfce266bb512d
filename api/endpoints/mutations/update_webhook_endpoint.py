"""updateWebhookEndpoint: change where to send or what to tell."""

from enum import Enum

import strawberry

from api.context import Info
from api.endpoints import outcomes
from api.endpoints.types import WebhookEndpoint
from api.enums import error_codes
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from core.webhooks import endpoints
from core.webhooks.endpoints import EndpointDraft
from publishing.outward.events import OutwardEvent


@strawberry.input(description="An endpoint and what is to change.")
class UpdateWebhookEndpointInput:
    """One endpoint."""

    endpoint_id: strawberry.ID = strawberry.field(description="Which endpoint.")
    url: str | None = strawberry.field(default=None, description="Its new address; left out, the former one stays.")
    event_types: list[OutwardEvent] | None = strawberry.field(
        default=None, description="All it is to be told of; left out, the former ones stay."
    )

    def draft(self) -> EndpointDraft:
        """What the room is asked for."""
        types = None if self.event_types is None else tuple(each.value for each in self.event_types)
        return EndpointDraft(url=self.url, event_types=types)


@error_codes("Why updateWebhookEndpoint did nothing.")
class UpdateWebhookEndpointErrorCode(Enum):
    """Every code of core.webhooks.endpoints.update."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    ENDPOINT_NOT_FOUND = "ENDPOINT_NOT_FOUND"
    INVALID_TARGET = "INVALID_TARGET"
    HTTPS_REQUIRED = "HTTPS_REQUIRED"
    PRIVATE_TARGET = "PRIVATE_TARGET"
    PORT_NOT_ALLOWED = "PORT_NOT_ALLOWED"
    NO_EVENT_TYPES = "NO_EVENT_TYPES"


@strawberry.type(description="What updateWebhookEndpoint answers.")
class UpdateWebhookEndpointPayload:
    """The endpoint, or why not."""

    endpoint: WebhookEndpoint | None = strawberry.field(description="It, as it is now.")
    user_errors: list[UserError[UpdateWebhookEndpointErrorCode]] = strawberry.field(
        description="Empty when it was done."
    )


@mutation(requires=Permission.MANAGE_SHOP)
async def update_webhook_endpoint(
    info: Info, input: UpdateWebhookEndpointInput, idempotency_key: IdempotencyKey = None
) -> UpdateWebhookEndpointPayload:
    """Change an endpoint's address or its events. What waits already is sent to the new address."""
    endpoint_id = id_or_none_such("WebhookEndpoint", input.endpoint_id)
    outcome = await write(
        info, input, idempotency_key, lambda session: endpoints.update(session, endpoint_id, input.draft())
    )
    if isinstance(outcome, Refusal):
        return UpdateWebhookEndpointPayload(
            endpoint=None, user_errors=user_errors(info, UpdateWebhookEndpointErrorCode, outcome)
        )
    return UpdateWebhookEndpointPayload(endpoint=await outcomes.endpoint(info, outcome), user_errors=[])
