"""GET /fragments/...: a product's reviews as HTML for server-side includes. What is in it is publishing's.

A shop that cannot ask GraphQL includes this on its server. Where it can only frame it, `noindex, indexifembedded` lets
search engines read it as part of the shop's page and never as a page of ours:
https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag#indexifembedded
"""

import re
from pathlib import Path

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from api import caching
from core.crossing import House, Rooms
from core.settings import Settings
from publishing import review_lists, surrogate_keys
from publishing.review_lists import ListAsked, ReviewList
from shop import products, storefronts
from shop.queries.products import ProductRow

_STYLE = Path(__file__).parent / "static" / "reviews.css"
_SIZE = 10
_PARAMETER = "reviews"
# written as addresses of pages are: no sign, no leading zero, no more digits than there can be pages
_NUMBER = re.compile(r"[1-9][0-9]{0,4}")
_HEADERS = {
    "x-robots-tag": "noindex, indexifembedded",
    "content-security-policy": "default-src 'none'; img-src *; style-src 'unsafe-inline'",
    "x-content-type-options": "nosniff",
}


def routes(house: House, settings: Settings) -> list[BaseRoute]:
    """The address of every product's list; `?reviews=2` is its second page."""

    async def serve(request: Request) -> Response:
        given = request.query_params.get(_PARAMETER, "1")
        number = int(given) if _NUMBER.fullmatch(given) else 0
        rooms = Rooms(house)
        try:
            parts = request.path_params
            product, found = await rooms.read(_page, parts["storefront"], parts["handle"], number)
        finally:
            await rooms.close()
        if product is None or found is None:
            return PlainTextResponse("There is no such page of reviews.", 404, {"x-robots-tag": "noindex"})
        canonical = {"link": f'<{found.canonical_url}>; rel="canonical"'} if found.canonical_url else {}
        answer = HTMLResponse(found.html, headers={**_HEADERS, **canonical})
        answer.headers["surrogate-key"] = answer.headers["cache-tag"] = surrogate_keys.of_product(product.id)
        return caching.revalidated(request, answer, settings=settings)

    async def style(_request: Request) -> Response:
        return Response(_STYLE.read_bytes(), headers={"cache-control": "public, max-age=3600"}, media_type="text/css")

    return [
        Route("/fragments/reviews.css", style, methods=["GET"]),
        Route("/fragments/{storefront}/{handle}", serve, methods=["GET"]),
    ]


def _page(session: Session, storefront: str, handle: str, number: int) -> tuple[ProductRow | None, ReviewList | None]:
    site = storefronts.shown(session, storefront)
    product = products.shown_by_handle(session, handle, storefront_id=site.id) if site else None
    if site is None or product is None or not 1 <= number <= review_lists.MOST_PAGES:
        return None, None
    return product, review_lists.page_of(session, product, site, ListAsked(number, _SIZE, _PARAMETER))
