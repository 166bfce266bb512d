"""The shop's own address takes the money: a signed POST a question. What it must answer is docs/paid-membership.md's.

`{address}/charge`, `/refund` and `/lookup`, signed as our webhooks are. An answer that is not understood is UNKNOWN:
the order is looked up later, never sent as another one.
"""

import json
from collections.abc import Mapping

from core import clock, fetching
from core.fetching import FetchFailure, FetchPolicy
from core.settings import settings
from core.signatures import standard_webhook
from loyalty.payment_providers.orders import Answer, Outcome, PaymentOrder

_MOST_BYTES = 65_536
_TIMEOUT_SECONDS = 20.0
_MOST_WORDS = 60
_MOST_REFERENCE = 200
_OK = 200


class ShopEndpoint:
    """Asks `address`, signing with `key`."""

    name = "endpoint"
    can_look_up = True
    needs_method = True

    def __init__(self, address: str, key: bytes) -> None:
        self._address = address.rstrip("/")
        self._key = key

    def charge(self, order: PaymentOrder) -> Answer:
        """POST /charge."""
        return self._ask("charge", order)

    def refund(self, order: PaymentOrder) -> Answer:
        """POST /refund."""
        return self._ask("refund", order)

    def lookup(self, order: PaymentOrder) -> Answer:
        """POST /lookup."""
        return self._ask("lookup", order)

    def _ask(self, act: str, order: PaymentOrder) -> Answer:
        body = json.dumps(_told(order), separators=(",", ":")).encode()
        timestamp = clock.now_milliseconds() // 1000
        signature = standard_webhook(self._key, message_id=order.id, timestamp=timestamp, body=body)
        headers = {
            "Content-Type": "application/json",
            "webhook-id": order.id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": signature,
        }
        policy = FetchPolicy(
            max_bytes=_MOST_BYTES,
            timeout_seconds=_TIMEOUT_SECONDS,
            allow_private=settings().allowed_private_hosts(),
            user_agent="FidelioPayments/1.0",
        )
        answered = fetching.post(f"{self._address}/{act}", content=body, headers=headers, policy=policy)
        if isinstance(answered, FetchFailure) or answered.status != _OK:
            return Answer(Outcome.UNKNOWN)
        return _understood(answered.body)


def _told(order: PaymentOrder) -> Mapping[str, object]:
    return {
        "id": order.id,
        "amountMinor": order.amount.amount_minor,
        "currencyCode": order.amount.currency,
        "method": order.method,
        "refundOf": order.refund_of,
    }


def _understood(body: bytes) -> Answer:
    try:
        said = json.loads(body)
        return Answer(
            Outcome(said["outcome"]),
            _text(said.get("reference"), _MOST_REFERENCE),
            _text(said.get("failure"), _MOST_WORDS),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return Answer(Outcome.UNKNOWN)


def _text(said: object, most: int) -> str | None:
    return "".join(letter for letter in said if letter.isprintable())[:most] if isinstance(said, str) else None
