"""deleteWebhookEndpoint: remove an endpoint for good."""

from enum import Enum

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from core.webhooks import endpoints


@strawberry.input(description="The endpoint to delete.")
class DeleteWebhookEndpointInput:
    """One endpoint."""

    endpoint_id: strawberry.ID = strawberry.field(description="Which endpoint.")


@error_codes("Why deleteWebhookEndpoint did nothing.")
class DeleteWebhookEndpointErrorCode(Enum):
    """Every code of core.webhooks.endpoints.remove."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    ENDPOINT_NOT_FOUND = "ENDPOINT_NOT_FOUND"


@strawberry.type(description="What deleteWebhookEndpoint answers.")
class DeleteWebhookEndpointPayload:
    """The id of what is gone, or why it is not."""

    deleted_id: strawberry.ID | None = strawberry.field(description="The id it had.")
    user_errors: list[UserError[DeleteWebhookEndpointErrorCode]] = strawberry.field(
        description="Empty when it was done."
    )


@mutation(requires=Permission.MANAGE_SHOP)
async def delete_webhook_endpoint(
    info: Info, input: DeleteWebhookEndpointInput, idempotency_key: IdempotencyKey = None
) -> DeleteWebhookEndpointPayload:
    """Delete an endpoint, its secrets, and all that it is owed."""
    endpoint_id = id_or_none_such("WebhookEndpoint", input.endpoint_id)
    outcome = await write(info, input, idempotency_key, lambda session: endpoints.remove(session, endpoint_id))
    if isinstance(outcome, Refusal):
        errors = user_errors(info, DeleteWebhookEndpointErrorCode, outcome)
        return DeleteWebhookEndpointPayload(deleted_id=None, user_errors=errors)
    return DeleteWebhookEndpointPayload(deleted_id=input.endpoint_id, user_errors=[])
