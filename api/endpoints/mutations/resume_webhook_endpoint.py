"""resumeWebhookEndpoint: send again after a pause, or after the platform gave up."""

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


@strawberry.input(description="The endpoint to resume.")
class ResumeWebhookEndpointInput:
    """One endpoint."""

    endpoint_id: strawberry.ID = strawberry.field(description="Which endpoint.")


@error_codes("Why resumeWebhookEndpoint did nothing.")
class ResumeWebhookEndpointErrorCode(Enum):
    """Every code of core.webhooks.endpoints.resume."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    ENDPOINT_NOT_FOUND = "ENDPOINT_NOT_FOUND"
    ENDPOINT_ALREADY_ACTIVE = "ENDPOINT_ALREADY_ACTIVE"


@strawberry.type(description="What resumeWebhookEndpoint answers.")
class ResumeWebhookEndpointPayload:
    """The endpoint, or why not."""

    endpoint: WebhookEndpoint | None = strawberry.field(description="It, as it is now.")
    user_errors: list[UserError[ResumeWebhookEndpointErrorCode]] = strawberry.field(
        description="Empty when it was done."
    )


@mutation(requires=Permission.MANAGE_SHOP)
async def resume_webhook_endpoint(
    info: Info, input: ResumeWebhookEndpointInput, idempotency_key: IdempotencyKey = None
) -> ResumeWebhookEndpointPayload:
    """Send to an endpoint again, what waits first. What happened while it was disabled: replayWebhookEvents."""
    endpoint_id = id_or_none_such("WebhookEndpoint", input.endpoint_id)
    outcome = await write(info, input, idempotency_key, lambda session: endpoints.resume(session, endpoint_id))
    if isinstance(outcome, Refusal):
        return ResumeWebhookEndpointPayload(
            endpoint=None, user_errors=user_errors(info, ResumeWebhookEndpointErrorCode, outcome)
        )
    return ResumeWebhookEndpointPayload(endpoint=await outcomes.endpoint(info, outcome), user_errors=[])
