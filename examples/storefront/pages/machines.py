"""What the shop tells crawlers: robots.txt and the sitemap."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import cast

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from examples.storefront.api import Api, Data
from examples.storefront.markets import Market, Shop
from examples.storefront.pages import rendering

_PRODUCTS = 100


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the sitemap, with its versions in other languages."""

    loc: str
    alternates: list[tuple[str, str]] = field(default_factory=list)
    lastmod: str | None = None
    image: str | None = None


async def robots(request: Request) -> Response:
    """Everything is open but one of the integrations, which shows what closing a page does."""
    sitemap_url = f"{rendering.shop_of(request).origin}/sitemap.xml"
    return PlainTextResponse(f"User-agent: *\nDisallow: /*?integration=blocked\nAllow: /\n\nSitemap: {sitemap_url}\n")


async def sitemap(request: Request) -> Response:
    """Home and product pages of every market; `lastmod` moves with each published review."""
    shop = rendering.shop_of(request)
    api = cast("Api", request.app.state.api)
    # the products are the same in every market: their addresses differ by the market's part alone
    products = [product async for product in _products(api, shop.markets[0])]
    entries = [Entry(shop.origin + market.path(), _alternates(shop)) for market in shop.markets]
    entries += [_entry(shop, market, product) for product in products for market in shop.markets]
    return rendering.xml("sitemap.xml", entries=entries)


async def _products(api: Api, market: Market) -> AsyncIterator[Data]:
    after = None
    while True:
        data = await api.ask("sitemap", market, variables={"first": _PRODUCTS, "after": after})
        for product in data["products"]["nodes"]:
            yield product
        ends = data["products"]["pageInfo"]
        if not ends["hasNextPage"]:
            return
        after = ends["endCursor"]


def _entry(shop: Shop, market: Market, product: Data) -> Entry:
    parts = ("products", product["handle"])
    return Entry(
        shop.origin + market.path(*parts),
        _alternates(shop, *parts),
        lastmod=product["updatedAt"],
        image=product["imageUrl"],
    )


def _alternates(shop: Shop, *parts: str) -> list[tuple[str, str]]:
    return [(each.market.locale, each.url) for each in rendering.alternates(shop, *parts)]
