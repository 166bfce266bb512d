"""Vendors' webhooks: prove the sender, hand the raw body on, answer in JSON. What it means is shop.deliveries'."""

from collections.abc import Callable

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api import bodies
from api.bodies import BodyFault
from core import logs, texts
from core.crossing import House, Rooms
from core.refusal import Refusal
from core.settings import Settings
from shop import deliveries, storefronts
from shop.connectors import shopify
from shop.deliveries import Delivery, Taken
from shop.refusals import ShopRefusal
from shop.tables import Storefront

# Shopify's largest orders, of some hundred lines with their taxes, reach a few megabytes
_BODY_LIMIT = 4 * 1_048_576
_OF_FAULT = {BodyFault.TOO_LARGE: (ShopRefusal.TOO_LARGE, 413), BodyFault.INCOMPLETE: (ShopRefusal.INCOMPLETE, 408)}
_logger = logs.get(__name__)


def routes(house: House, settings: Settings) -> list[BaseRoute]:
    """POST /webhooks/shopify/{storefront's handle}."""

    async def from_shopify(request: Request) -> Response:
        body = await bodies.read(request, most=_BODY_LIMIT, seconds=settings.body_seconds)
        if isinstance(body, BodyFault):
            code, status = _OF_FAULT[body]
            return _refused(Refusal(code), status=status)
        storefront = await _signed_for(house, request, body)
        if storefront is None:
            _logger.info("webhook refused", storefront=request.path_params["handle"])
            return _refused(Refusal(ShopRefusal.BAD_SIGNATURE), status=401)
        outcome = await house.write(_taking(_delivery(request, storefront, body)))
        if isinstance(outcome, Refusal):
            _logger.warning("webhook not taken in", storefront=storefront.handle, code=outcome.code.value)
            return _refused(outcome, status=409 if outcome.code is ShopRefusal.CONFLICT else 422)
        return JSONResponse({"status": outcome.value})

    return [Route("/webhooks/shopify/{handle}", from_shopify, methods=["POST"])]


async def _signed_for(house: House, request: Request, body: bytes) -> Storefront | None:
    """The storefront, when it is there, has a secret and the body is signed with it: a stranger learns nothing else."""
    rooms = Rooms(house)
    try:
        storefront = await rooms.read(storefronts.by_handle, request.path_params["handle"])
    finally:
        await rooms.close()
    if storefront is None or storefront.shopify_secret is None:
        return None
    signature = request.headers.get("x-shopify-hmac-sha256", "")
    return storefront if shopify.is_signed(body, signature, storefront.shopify_secret) else None


def _delivery(request: Request, storefront: Storefront, body: bytes) -> Delivery:
    return Delivery(
        storefront_id=storefront.id,
        id=request.headers.get("x-shopify-webhook-id", ""),
        topic=request.headers.get("x-shopify-topic", ""),
        body=body,
    )


def _taking(delivery: Delivery) -> Callable[[Session], Taken | Refusal]:
    return lambda session: deliveries.take_shopify(session, delivery)


def _refused(refusal: Refusal, *, status: int) -> Response:
    # the reader is a machine's log: English, the code for programs
    message = texts.refusal_sentence(refusal, texts.FALLBACK)
    error = {"code": refusal.code.value, "field": list(refusal.field) or None, "message": message}
    return JSONResponse({"error": error}, status_code=status)
