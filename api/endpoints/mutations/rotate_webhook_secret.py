"""rotateWebhookSecret: draw a new secret, beside which the former one signs for a while."""

from collections.abc import Mapping
from enum import Enum
from typing import cast

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


@strawberry.input(description="The endpoint whose secret is to be replaced.")
class RotateWebhookSecretInput:
    """As core.webhooks.endpoints.rotate."""

    endpoint_id: strawberry.ID = strawberry.field(description="Which endpoint.")
    overlap_hours: int = strawberry.field(
        default=24, description="How long the former secret signs beside the new one: 0 to 168 hours."
    )


@error_codes("Why rotateWebhookSecret did nothing.")
class RotateWebhookSecretErrorCode(Enum):
    """Every code of core.webhooks.endpoints.rotate."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    ENDPOINT_NOT_FOUND = "ENDPOINT_NOT_FOUND"
    INVALID_OVERLAP = "INVALID_OVERLAP"
    TOO_MANY_SECRETS = "TOO_MANY_SECRETS"


@strawberry.type(description="What rotateWebhookSecret answers.")
class RotateWebhookSecretPayload:
    """The endpoint with its new secret, or why not."""

    endpoint: WebhookEndpoint | None = strawberry.field(description="The endpoint.")
    secret: str | None = strawberry.field(description="The new secret, shown this once.")
    user_errors: list[UserError[RotateWebhookSecretErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_SHOP)
async def rotate_webhook_secret(
    info: Info, input: RotateWebhookSecretInput, idempotency_key: IdempotencyKey = None
) -> RotateWebhookSecretPayload:
    """Draw a new secret. During the overlap every webhook carries a signature by each, so none is lost."""
    endpoint_id, hours = id_or_none_such("WebhookEndpoint", input.endpoint_id), input.overlap_hours
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: outcomes.named(endpoints.rotate(session, endpoint_id, overlap_hours=hours)),
    )
    if isinstance(outcome, Refusal):
        errors = user_errors(info, RotateWebhookSecretErrorCode, outcome)
        return RotateWebhookSecretPayload(endpoint=None, secret=None, user_errors=errors)
    drawn = cast("Mapping[str, int | str | None]", outcome)
    endpoint, secret = await outcomes.endpoint(info, endpoint_id), await outcomes.secret(info, drawn)
    return RotateWebhookSecretPayload(endpoint=endpoint, secret=secret, user_errors=[])
