"""The shop's web application: its routes and what it holds open. Each page stands in pages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx2
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from examples.storefront.api import Api, ApiAwayError, ApiRefusedError, TokenRefusedError
from examples.storefront.headers import PageHeaders
from examples.storefront.markets import Shop
from examples.storefront.pages import account, errors, home, machines, product, review_form

_HERE = Path(__file__).parent
_PICTURES = _HERE.parent / "seed" / "products"
_API_SECONDS = 5.0


def create_app(shop: Shop) -> Starlette:
    """The shop, over the API it was told of."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with httpx2.AsyncClient(timeout=_API_SECONDS) as http:
            app.state.api = Api(shop.api_url, http)
            yield

    app = Starlette(
        routes=[
            Route("/", home.choose),
            Route("/robots.txt", machines.robots),
            Route("/sitemap.xml", machines.sitemap),
            Mount("/static", StaticFiles(directory=_HERE / "static")),
            Mount("/pictures", StaticFiles(directory=_PICTURES)),
            Route("/{segment}/", home.home),
            Route("/{segment}/sign-in", account.sign_in_page, methods=["GET"]),
            Route("/{segment}/sign-in", account.sign_in, methods=["POST"]),
            Route("/{segment}/sign-out", account.sign_out, methods=["POST"]),
            Route("/{segment}/embed/{handle}", product.embed),
            Route("/{segment}/products/{handle}", product.page, methods=["GET"]),
            Route("/{segment}/products/{handle}", review_form.send, methods=["POST"]),
        ],
        exception_handlers={
            HTTPException: errors.not_there,
            ApiAwayError: errors.api_away,
            ApiRefusedError: errors.api_refused,
            TokenRefusedError: errors.token_refused,
        },
        middleware=[Middleware(PageHeaders, api_origin=_origin(shop.api_url))],
        lifespan=lifespan,
    )
    app.state.shop = shop
    return app


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
