"""Webhook endpoints for those who manage the shop: how each fares, its deliveries, and sending again.

Making endpoints and rotating secrets is the API's and the command line's: a secret is shown where it is to be kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import flashes
from console.flashes import Flash, Tone
from console.visit import Visit
from core.paging import Key, Page, decode_cursor, encode_cursor
from core.refusal import Refusal
from core.webhooks import deliveries, endpoints
from core.webhooks.deliveries import ReplayDraft
from core.webhooks.queries import deliveries as delivery_queries
from core.webhooks.tables import DeliveryState, EndpointAttempt, EndpointDelivery, EndpointMessage, WebhookEndpoint
from publishing.outward import telling

_ROWS = 20


@dataclass(frozen=True, slots=True)
class Listed:
    """An endpoint and how many of its deliveries are in each state."""

    endpoint: WebhookEndpoint
    counts: Mapping[DeliveryState, int]


@dataclass(frozen=True, slots=True)
class Shown:
    """An endpoint with a page of its deliveries, their events and their attempts, newest first."""

    endpoint: WebhookEndpoint
    page: Page[EndpointDelivery]
    messages: Mapping[int, EndpointMessage]
    attempts: Mapping[int, Sequence[EndpointAttempt]]


async def show(visit: Visit) -> Response:
    """Every endpoint, oldest first."""
    return visit.page("webhooks.html", listed=await visit.read(_listed))


async def detail(visit: Visit) -> Response:
    """One endpoint; `state=DEAD` keeps to dead letters, `before` leads on."""
    asked = visit.request.query_params
    before, only_dead = asked.get("before"), asked.get("state") == DeliveryState.DEAD
    key = decode_cursor(before, (int,)) if before else None
    if before and key is None:
        raise HTTPException(400)
    shown = await visit.read(_shown, visit.number("endpoint_id"), key, DeliveryState.DEAD if only_dead else None)
    if shown is None:
        raise HTTPException(404)
    older = encode_cursor(shown.page.keys[-1]) if shown.page.has_next else None
    again = {name: asked.get(name, "") for name in ("since", "until", "after")}
    return visit.page("webhook.html", shown=shown, only_dead=only_dead, before=before, older=older, again=again)


async def pause(visit: Visit) -> Response:
    """Send it nothing for a while."""
    return await _act(visit, endpoints.pause, "flash.webhook.paused")


async def resume(visit: Visit) -> Response:
    """Send to it again."""
    return await _act(visit, endpoints.resume, "flash.webhook.resumed")


async def test(visit: Visit) -> Response:
    """Try whether messages arrive."""
    return await _act(visit, telling.queue_test, "flash.webhook.tested")


async def redeliver(visit: Visit) -> Response:
    """Send one delivery again."""
    delivery_id = visit.whole("delivery_id")
    return await _act(visit, lambda session, _: deliveries.redeliver(session, delivery_id), "flash.webhook.again")


async def replay(visit: Visit) -> Response:
    """Send a time range again: what one step holds; the form then stands ready for the next."""
    endpoint_id, since, until = visit.number("endpoint_id"), visit.field("since"), visit.field("until")
    place = f"/webhooks/{endpoint_id}"
    try:
        draft = ReplayDraft(
            endpoint_id=endpoint_id,
            since=datetime.fromisoformat(since).replace(tzinfo=UTC),
            until=datetime.fromisoformat(until).replace(tzinfo=UTC),
            after=visit.whole("after") if visit.field("after") else 0,
        )
    except ValueError:
        return visit.go(place, flashes.told("flash.webhook.no_range"))
    done = await visit.write(lambda session: telling.replay(session, draft))
    if isinstance(done, Refusal):
        return visit.go(place, flashes.refused(done), since=since, until=until)
    told = Flash(Tone.DONE, "console", "flash.webhook.replayed", {"count": done.queued})
    if done.last is None:
        return visit.go(place, told)
    return visit.go(place, told, since=since, until=until, after=done.last)


async def _act(visit: Visit, act: Callable[[Session, int], int | Refusal], told: str) -> Response:
    endpoint_id = visit.number("endpoint_id")
    outcome = await visit.write(lambda session: act(session, endpoint_id))
    flash = flashes.refused(outcome) if isinstance(outcome, Refusal) else flashes.done(told)
    return visit.go(f"/webhooks/{endpoint_id}", flash)


def _listed(session: Session) -> list[Listed]:
    found = endpoints.page(session, first=endpoints.MAX_ENDPOINTS).items
    counts = delivery_queries.count_by_state(session, [each.id for each in found])
    return [Listed(each, {state: counts.get((each.id, state), 0) for state in DeliveryState}) for each in found]


def _shown(session: Session, endpoint_id: int, before: Key | None, state: DeliveryState | None) -> Shown | None:
    endpoint = session.get(WebhookEndpoint, endpoint_id)
    if endpoint is None:
        return None
    after = None if before is None else (int(before[0]),)
    page = deliveries.page(session, endpoint_id, first=_ROWS, state=state, after=after)
    messages = delivery_queries.messages(session, [each.message_id for each in page.items])
    return Shown(endpoint, page, messages, delivery_queries.attempts(session, [each.id for each in page.items]))
