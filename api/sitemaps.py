"""GET /sitemaps/...: the product pages of each storefront for search engines. What is in them is publishing's."""

from collections.abc import Awaitable, Callable

from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from core import clock
from core.crossing import House, Rooms
from core.settings import Settings
from publishing import sitemaps
from seo.syndication import sitemap
from seo.syndication.sitemap import SitemapPart
from shop import storefronts

# crawlers come again by themselves; caches between may answer for so long
_HEADERS = {"cache-control": "public, max-age=300", "x-robots-tag": "noindex"}


def routes(house: House, settings: Settings) -> list[BaseRoute]:
    """The index of a storefront's sitemap and its parts, named by the first product in each."""

    def index(session: Session, handle: str, _start: int) -> str | None:
        storefront = storefronts.shown(session, handle)
        if storefront is None:
            return None
        base = f"{settings.public_url}/sitemaps/{handle}"
        found = sitemaps.parts(session, storefront.id)
        return sitemap.index(
            SitemapPart(f"{base}/{part.first_id}.xml", clock.from_milliseconds(part.changed_ms)) for part in found
        )

    return [
        Route("/sitemaps/{handle}.xml", _answering(house, index), methods=["GET"]),
        Route("/sitemaps/{handle}/{start:int}.xml", _answering(house, _part), methods=["GET"]),
    ]


def _part(session: Session, handle: str, start: int) -> str | None:
    storefront = storefronts.shown(session, handle)
    if storefront is None or start >= 1 << 63:
        return None
    return "".join(sitemap.written(sitemaps.part(session, storefront.id, start=start)))


def _answering(
    house: House, write: Callable[[Session, str, int], str | None]
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        rooms = Rooms(house)
        try:
            text = await rooms.read(write, request.path_params["handle"], request.path_params.get("start", 0))
        finally:
            await rooms.close()
        if text is None:
            return PlainTextResponse("There is no such sitemap.", 404)
        return Response(text, headers=_HEADERS, media_type="application/xml")

    return answer
