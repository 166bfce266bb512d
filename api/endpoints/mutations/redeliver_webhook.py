"""redeliverWebhook: send one delivery again."""

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
from core.webhooks import deliveries


@strawberry.input(description="The delivery to send again.")
class RedeliverWebhookInput:
    """One delivery."""

    delivery_id: strawberry.ID = strawberry.field(description="Which delivery.")


@error_codes("Why redeliverWebhook did nothing.")
class RedeliverWebhookErrorCode(Enum):
    """Every code of core.webhooks.deliveries.redeliver."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    DELIVERY_NOT_FOUND = "DELIVERY_NOT_FOUND"
    ENDPOINT_NOT_FOUND = "ENDPOINT_NOT_FOUND"
    ENDPOINT_NOT_ACTIVE = "ENDPOINT_NOT_ACTIVE"
    DELIVERY_PENDING = "DELIVERY_PENDING"


@strawberry.type(description="What redeliverWebhook answers.")
class RedeliverWebhookPayload:
    """The delivery, or why not."""

    delivery: WebhookDelivery | None = strawberry.field(description="It; the worker sends it within a second or so.")
    user_errors: list[UserError[RedeliverWebhookErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_SHOP)
async def redeliver_webhook(
    info: Info, input: RedeliverWebhookInput, idempotency_key: IdempotencyKey = None
) -> RedeliverWebhookPayload:
    """Send a delivery again, delivered or dead, under the same event id and with all its tries."""
    delivery_id = id_or_none_such("WebhookDelivery", input.delivery_id)
    outcome = await write(info, input, idempotency_key, lambda session: deliveries.redeliver(session, delivery_id))
    if isinstance(outcome, Refusal):
        return RedeliverWebhookPayload(delivery=None, user_errors=user_errors(info, RedeliverWebhookErrorCode, outcome))
    return RedeliverWebhookPayload(delivery=await outcomes.delivery(info, outcome), user_errors=[])
