"""What every page is made with: its market, its words, its customer. What a page says is its own module's."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from examples.storefront import formats, tokens
from examples.storefront.api import Api, Data
from examples.storefront.markets import Market, Shop
from examples.storefront.words import say, tier_name

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent.parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Alternate:
    """The same page in one market."""

    market: Market
    path: str
    url: str


def shop_of(request: Request) -> Shop:
    """What the shop was started with."""
    return cast("Shop", request.app.state.shop)


def market_of(request: Request) -> Market:
    """The market of the address; a 404 when there is none."""
    market = shop_of(request).market(request.path_params.get("segment", ""))
    if market is None:
        raise HTTPException(404)
    return market


def token_of(request: Request) -> str | None:
    """The signed-in customer's token in this market."""
    return request.cookies.get(market_of(request).cookie)


async def ask(request: Request, name: str, **variables: object) -> Data:
    """The data of queries/<name>.graphql, as the page's visitor or customer."""
    api = cast("Api", request.app.state.api)
    return await api.ask(name, market_of(request), token=token_of(request), variables=variables)


def page(request: Request, template: str, data: Data, *, status: int = 200, **context: object) -> Response:
    """A page of a market, with the account of its customer as `data` has it."""
    market = market_of(request)
    token = token_of(request)
    account = {
        "token": token,
        "first_name": tokens.given_name(token) if token else "",
        "memberships": (data.get("viewer") or {}).get("memberships") or [],
    }
    # what a customer sees is theirs alone
    kept = "private, no-store" if token else "no-cache"
    return html(request, template, market, status=status, cache_control=kept, **account, **context)


def html(
    request: Request, template: str, market: Market, *, status: int = 200, cache_control: str, **context: object
) -> Response:
    """Any document in a market's words."""
    everywhere = {"shop": shop_of(request), "market": market, "alternates": [], **_language(market.language)}
    text = _TEMPLATES.get_template(template).render(everywhere | context)
    return HTMLResponse(text, status_code=status, headers={"Cache-Control": cache_control, "Vary": "Cookie"})


def xml(template: str, **context: object) -> Response:
    """A document for machines."""
    return Response(_TEMPLATES.get_template(template).render(context), media_type="application/xml")


def alternates(shop: Shop, *parts: str) -> list[Alternate]:
    """The page of these parts in every market; nothing to choose where there is one market only."""
    if len(shop.markets) < 2:
        return []
    return [Alternate(market, market.path(*parts), shop.origin + market.path(*parts)) for market in shop.markets]


def _language(language: str) -> dict[str, Callable[..., str]]:
    return {
        "say": partial(say, language),
        "say_in": say,
        "tier_name": partial(tier_name, language),
        "money": partial(formats.money, language=language),
        "number": partial(formats.number, language=language),
        "mean": partial(formats.mean, language=language),
        "day": partial(formats.day, language=language),
    }
