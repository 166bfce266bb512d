"""Make, change, pause and remove endpoints, and rotate their secrets. What is sent to them is webhooks.deliveries'.

Who may: the doors ask for MANAGE_SHOP.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from core import clock, ids, outbox
from core.paging import Page
from core.refusal import Refusal
from core.settings import settings
from core.webhooks import signing, targets
from core.webhooks.events import WebhookEvent
from core.webhooks.queries import endpoints as queries
from core.webhooks.refusals import WebhookRefusal
from core.webhooks.tables import DisabledReason, EndpointSecret, EndpointState, WebhookEndpoint

MAX_ENDPOINTS = 20
MAX_SECRETS = 5
MAX_OVERLAP_HOURS = 168


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointDraft:
    """Where to send and what to tell; None leaves as it is what an endpoint has."""

    url: str | None = None
    event_types: tuple[str, ...] | None = None

    def refusal(self) -> Refusal | None:
        """What is wrong with it."""
        if self.event_types is not None and not self.event_types:
            return Refusal(WebhookRefusal.NO_EVENT_TYPES, ("eventTypes",))
        if self.url is None:
            return None
        return targets.refusal(self.url, trusted=settings().allowed_private_hosts())


def create(session: Session, *, url: str, event_types: Sequence[str]) -> EndpointSecret | Refusal:
    """A new active endpoint, told of what is recorded from now on; returns its first secret, which names it."""
    draft = EndpointDraft(url=url, event_types=tuple(event_types))
    refused = draft.refusal()
    if refused is not None:
        return refused
    if queries.count(session) >= MAX_ENDPOINTS:
        return Refusal(WebhookRefusal.TOO_MANY_ENDPOINTS, (), {"most": MAX_ENDPOINTS})
    now = clock.now()
    endpoint = WebhookEndpoint(
        id=ids.new_id(),
        url=url,
        event_types=_unique(event_types),
        state_since=now,
        leased_until=now,
        rests_until=now,
        created_at=now,
    )
    session.add(endpoint)
    session.flush()
    return _draw(session, endpoint.id, now)


def update(session: Session, endpoint_id: int, draft: EndpointDraft) -> int | Refusal:
    """Change where to send or what to tell; what waits already is sent to the new address."""
    endpoint = _found(session, endpoint_id)
    refused = endpoint if isinstance(endpoint, Refusal) else draft.refusal()
    if isinstance(endpoint, Refusal) or refused is not None:
        return refused or _none()
    endpoint.url = draft.url or endpoint.url
    endpoint.event_types = endpoint.event_types if draft.event_types is None else _unique(draft.event_types)
    return _kept(session, endpoint)


def rotate(session: Session, endpoint_id: int, *, overlap_hours: int) -> EndpointSecret | Refusal:
    """Draw a new secret; those before it sign beside it for `overlap_hours` at most, 0 ends them at once."""
    endpoint = _found(session, endpoint_id)
    if isinstance(endpoint, Refusal):
        return endpoint
    if not 0 <= overlap_hours <= MAX_OVERLAP_HOURS:
        return Refusal(WebhookRefusal.INVALID_OVERLAP, ("overlapHours",), {"most": MAX_OVERLAP_HOURS})
    now = clock.now()
    queries.expire_secrets(session, endpoint_id, at=now + timedelta(hours=overlap_hours))
    if len(queries.secrets(session, [endpoint_id], now)[endpoint_id]) >= MAX_SECRETS:
        return Refusal(WebhookRefusal.TOO_MANY_SECRETS, (), {"most": MAX_SECRETS})
    return _draw(session, endpoint_id, now)


def pause(session: Session, endpoint_id: int) -> int | Refusal:
    """Send nothing until it is resumed; what happens meanwhile waits."""
    endpoint = _found(session, endpoint_id)
    if isinstance(endpoint, Refusal):
        return endpoint
    if endpoint.state is not EndpointState.ACTIVE:
        return Refusal(WebhookRefusal.ENDPOINT_NOT_ACTIVE, ("endpointId",))
    return _move(session, endpoint, EndpointState.PAUSED)


def resume(session: Session, endpoint_id: int) -> int | Refusal:
    """Send again, what waits first, whether staff had paused it or the platform had given up."""
    endpoint = _found(session, endpoint_id)
    if isinstance(endpoint, Refusal):
        return endpoint
    if endpoint.state is EndpointState.ACTIVE:
        return Refusal(WebhookRefusal.ENDPOINT_ALREADY_ACTIVE, ("endpointId",))
    endpoint.failures, endpoint.failing_since = 0, None
    endpoint.rests_until = clock.now()
    return _move(session, endpoint, EndpointState.ACTIVE)


def disable(session: Session, endpoint: WebhookEndpoint, reason: DisabledReason) -> None:
    """Give up on an endpoint, and tell the house."""
    _move(session, endpoint, EndpointState.DISABLED, reason)
    outbox.record(
        session,
        WebhookEvent.ENDPOINT_DISABLED,
        aggregate=("WebhookEndpoint", endpoint.id),
        payload={"endpointId": endpoint.id, "reason": reason.value},
    )


def remove(session: Session, endpoint_id: int) -> int | Refusal:
    """Delete it with its secrets and all that it was owed."""
    return endpoint_id if queries.remove(session, endpoint_id) else _none()


def page(session: Session, *, first: int, after: tuple[int] | None = None) -> Page[WebhookEndpoint]:
    """Endpoints, oldest first; the key of one is (id,). One statement."""
    rows = queries.page(session, after=after[0] if after else 0, limit=first + 1)
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def _found(session: Session, endpoint_id: int) -> WebhookEndpoint | Refusal:
    return session.get(WebhookEndpoint, endpoint_id) or _none()


def _none() -> Refusal:
    return Refusal(WebhookRefusal.ENDPOINT_NOT_FOUND, ("endpointId",))


def _move(
    session: Session, endpoint: WebhookEndpoint, state: EndpointState, reason: DisabledReason | None = None
) -> int:
    endpoint.state, endpoint.reason, endpoint.state_since = state, reason, clock.now()
    return _kept(session, endpoint)


def _kept(session: Session, endpoint: WebhookEndpoint) -> int:
    session.add(endpoint)
    session.flush()
    return endpoint.id


def _draw(session: Session, endpoint_id: int, now: datetime) -> EndpointSecret:
    number = queries.last_number(session, endpoint_id) + 1
    secret = EndpointSecret(endpoint_id=endpoint_id, number=number, seed=signing.new_seed(), created_at=now)
    session.add(secret)
    session.flush()
    return secret


def _unique(event_types: Sequence[str]) -> list[str]:
    return sorted(set(event_types))
