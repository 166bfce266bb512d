"""What webhooks themselves record: that an endpoint was given up on."""

from core.outbox import EventName


class WebhookEvent(EventName):
    """Aggregate ("WebhookEndpoint", id), payload endpointId and reason."""

    ENDPOINT_DISABLED = "WebhookEndpointDisabled"
