"""What webhooks' mutations answer with, read after their transaction."""

from collections.abc import Mapping
from typing import cast

from api.context import Info
from api.endpoints.loaders import deliveries_by_ids, endpoints_by_ids, secret_text
from api.endpoints.types import WebhookDelivery, WebhookEndpoint
from core.idempotency import Answer
from core.refusal import Refusal
from core.webhooks.tables import EndpointSecret


async def endpoint(info: Info, endpoint_id: object) -> WebhookEndpoint | None:
    """The endpoint of this id."""
    return cast("WebhookEndpoint | None", await info.context.load(endpoints_by_ids, cast("int", endpoint_id)))


async def delivery(info: Info, answer: Answer) -> WebhookDelivery | None:
    """The delivery of this id."""
    return cast("WebhookDelivery | None", await info.context.load(deliveries_by_ids, cast("int", answer)))


def named(drawn: EndpointSecret | Refusal) -> Answer | Refusal:
    """A drawn secret by what names it: the stored answer of an idempotency key holds no secret."""
    if isinstance(drawn, Refusal):
        return drawn
    return {"endpointId": drawn.endpoint_id, "number": drawn.number}


async def secret(info: Info, answer: Mapping[str, int | str | None]) -> str | None:
    """The text of the secret that `named` named."""
    return await info.context.read_once(secret_text, cast("int", answer["endpointId"]), cast("int", answer["number"]))
