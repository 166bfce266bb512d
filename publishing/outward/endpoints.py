"""What webhooks tell of themselves: a test, and that another endpoint was given up on."""

from dataclasses import dataclass

from core.webhooks.tables import DisabledReason
from publishing.outward.declaring import EventData, PublicId, node, told


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointDisabledEvent(EventData):
    """The platform has given up on an endpoint: it is sent nothing until staff resume it."""

    endpoint_id: PublicId = node("WebhookEndpoint", "The endpoint that was given up on.")
    reason: DisabledReason = told("Why.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookTestEvent(EventData):
    """Nothing has happened: staff try whether messages arrive."""

    endpoint_id: PublicId = node("WebhookEndpoint", "The endpoint that is tried.")
