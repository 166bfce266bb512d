"""Secrets of endpoints and the headers they sign, after Standard Webhooks. How an HMAC is made is core.signatures'.

A secret is derived from the house's own key (FIDELIO_SECRET_KEY) and a random seed that the database keeps, so neither
is enough alone. Whoever changes the house's key therefore rotates every endpoint's secret.
"""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime

from core import clock, ids
from core.settings import settings
from core.signatures import derived, standard_webhook
from core.webhooks.tables import EndpointSecret

_PREFIX = "whsec_"
_PURPOSE = "webhook secret"


def new_seed() -> str:
    """A seed that nobody has had."""
    return secrets.token_hex(16)


def shown(secret: EndpointSecret) -> str:
    """The secret as its receiver is given it, once."""
    return _PREFIX + base64.b64encode(_key(secret)).decode()


def headers(message_id: int, body: bytes, signing: Sequence[EndpointSecret], *, at: datetime) -> dict[str, str]:
    """What an attempt carries: the message's lasting id, the attempt's time, a signature by each secret."""
    public_id = ids.to_public("Event", message_id)
    timestamp = clock.to_milliseconds(at) // 1000
    signatures = [
        standard_webhook(_key(secret), message_id=public_id, timestamp=timestamp, body=body) for secret in signing
    ]
    return {
        "Content-Type": "application/json",
        "webhook-id": public_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": " ".join(signatures),
    }


def _key(secret: EndpointSecret) -> bytes:
    return derived(settings().secret(), _PURPOSE, f"{secret.endpoint_id}:{secret.number}:{secret.seed}")
