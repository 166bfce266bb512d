"""pauseWebhookEndpoint: send nothing for a while."""

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


@strawberry.input(description="The endpoint to pause.")
class PauseWebhookEndpointInput:
    """One endpoint."""

    endpoint_id: strawberry.ID = strawberry.field(description="Which endpoint.")


@error_codes("Why pauseWebhookEndpoint did nothing.")
class PauseWebhookEndpointErrorCode(Enum):
    """Every code of core.webhooks.endpoints.pause."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    ENDPOINT_NOT_FOUND = "ENDPOINT_NOT_FOUND"
    ENDPOINT_NOT_ACTIVE = "ENDPOINT_NOT_ACTIVE"


@strawberry.type(description="What pauseWebhookEndpoint answers.")
class PauseWebhookEndpointPayload:
    """The endpoint, or why not."""

    endpoint: WebhookEndpoint | None = strawberry.field(description="It, as it is now.")
    user_errors: list[UserError[PauseWebhookEndpointErrorCode]] = strawberry.field(
        description="Empty when it was done."
    )


@mutation(requires=Permission.MANAGE_SHOP)
async def pause_webhook_endpoint(
    info: Info, input: PauseWebhookEndpointInput, idempotency_key: IdempotencyKey = None
) -> PauseWebhookEndpointPayload:
    """Send nothing to an endpoint until it is resumed; what happens meanwhile waits, for 30 days at most."""
    endpoint_id = id_or_none_such("WebhookEndpoint", input.endpoint_id)
    outcome = await write(info, input, idempotency_key, lambda session: endpoints.pause(session, endpoint_id))
    if isinstance(outcome, Refusal):
        return PauseWebhookEndpointPayload(
            endpoint=None, user_errors=user_errors(info, PauseWebhookEndpointErrorCode, outcome)
        )
    return PauseWebhookEndpointPayload(endpoint=await outcomes.endpoint(info, outcome), user_errors=[])
