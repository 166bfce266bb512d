"""testWebhookEndpoint: try whether messages arrive."""

from enum import Enum

import strawberry

from api.context import Info
from api.endpoints import outcomes
from api.endpoints.types import WebhookDelivery
from api.enums import error_codes
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from publishing.outward import telling


@strawberry.input(description="The endpoint to try.")
class TestWebhookEndpointInput:
    """One endpoint."""

    endpoint_id: strawberry.ID = strawberry.field(description="Which endpoint.")


@error_codes("Why testWebhookEndpoint did nothing.")
class TestWebhookEndpointErrorCode(Enum):
    """Every code of core.webhooks.deliveries.queue_test."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    ENDPOINT_NOT_FOUND = "ENDPOINT_NOT_FOUND"
    ENDPOINT_NOT_ACTIVE = "ENDPOINT_NOT_ACTIVE"


@strawberry.type(description="What testWebhookEndpoint answers.")
class TestWebhookEndpointPayload:
    """The delivery, or why not."""

    delivery: WebhookDelivery | None = strawberry.field(description="It; the worker sends it within a second or so.")
    user_errors: list[UserError[TestWebhookEndpointErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_SHOP)
async def test_webhook_endpoint(
    info: Info,
    input: TestWebhookEndpointInput,
    idempotency_key: IdempotencyKey = None,  # noqa: PT028 - a mutation, no test
) -> TestWebhookEndpointPayload:
    """Send an endpoint a `webhook.test` event, whatever it subscribes to. Its delivery tells what came of it."""
    endpoint_id = id_or_none_such("WebhookEndpoint", input.endpoint_id)
    outcome = await write(info, input, idempotency_key, lambda session: telling.queue_test(session, endpoint_id))
    if isinstance(outcome, Refusal):
        return TestWebhookEndpointPayload(
            delivery=None, user_errors=user_errors(info, TestWebhookEndpointErrorCode, outcome)
        )
    return TestWebhookEndpointPayload(delivery=await outcomes.delivery(info, outcome), user_errors=[])
