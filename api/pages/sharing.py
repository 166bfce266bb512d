"""GET /share/... and /oembed: one published review to be shared. What is said of it is seo.markup.sharing's."""

from collections.abc import Callable

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from core.crossing import House, Rooms
from publishing import shared_reviews
from seo.markup import sharing
from seo.markup.sharing import SharedReview

# taken down within the minute when the review is
_CACHE = {"cache-control": "public, max-age=60"}
_HEADERS = {
    **_CACHE,
    "content-security-policy": "default-src 'none'; style-src 'self'; img-src *; base-uri 'none'; form-action 'none'",
    "x-content-type-options": "nosniff",
    "x-robots-tag": "noindex",
    # what is shared onward says nothing of who came from where
    "referrer-policy": "no-referrer",
}


def routes(house: House) -> list[BaseRoute]:
    """Every published review's share page, and the oEmbed answer for it."""

    async def page(request: Request) -> Response:
        parts = request.path_params
        shared = await _found(house, lambda session: shared_reviews.find(session, parts["storefront"], parts["review"]))
        if shared is None:
            return PlainTextResponse("There is no such review, or it is not public.", 404, {"x-robots-tag": "noindex"})
        return HTMLResponse(sharing.page(shared), headers=_HEADERS)

    async def oembed(request: Request) -> Response:
        if request.query_params.get("format", "json") != "json":
            return JSONResponse({"error": "Only format=json is served."}, 501)
        url = request.query_params.get("url", "")
        shared = await _found(house, lambda session: shared_reviews.find_by_address(session, url))
        if shared is None:
            return JSONResponse({"error": "This is not the address of a published review's share page."}, 404)
        return JSONResponse(sharing.oembed(shared), headers={**_CACHE, "access-control-allow-origin": "*"})

    return [
        Route("/share/{storefront}/{review}", page, methods=["GET"]),
        Route("/oembed", oembed, methods=["GET"]),
    ]


async def _found(house: House, ask: Callable[[Session], SharedReview | None]) -> SharedReview | None:
    rooms = Rooms(house)
    try:
        return await rooms.read(ask)
    finally:
        await rooms.close()
