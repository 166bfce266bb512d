"""The server: routes and their order. What is behind each stands in its own module."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from api import caching, graphiql, health, media, sitemaps, uploads, webhooks
from api.checking import CheckedDocuments
from api.cors import StorefrontOrigins
from api.error_codes import ErrorCode
from api.http import GraphQLView
from api.pages import fragments, sharing
from api.schema import build_schema, sdl
from console.app import create_console
from core import logs
from core.crossing import House
from core.db import Database
from core.settings import Settings

_logger = logs.get(__name__)

# what runs beside the requests, such as the embedded worker
Companion = Callable[[Database], AbstractAsyncContextManager[None]]


def create_app(database: Database, settings: Settings, *, companion: Companion | None = None) -> Starlette:
    """The whole server over one database. `companion` runs as long as the server does."""
    house = House(database)
    kept = CheckedDocuments()
    schema = build_schema(kept, is_closed=settings.introspection == "closed")
    contract = sdl(schema)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        if companion is None:
            yield
        else:
            async with companion(database):
                yield

    async def schema_text(request: Request) -> Response:
        return caching.revalidated(request, PlainTextResponse(contract), settings=settings)

    view = GraphQLView(schema, house, settings)
    graphql = StorefrontOrigins(view, house, own_pages=settings.development)
    routes: list[BaseRoute] = [
        # every method: what is not allowed is answered in JSON by the view
        Route("/graphql", graphql),
        WebSocketRoute("/graphql", graphql),
        Route("/schema.graphql", schema_text),
        Mount("/console", create_console(house, settings)),
        *health.routes(house, kept),
        *webhooks.routes(house, settings),
        *uploads.routes(house, settings),
        *media.routes(house, settings),
        *sitemaps.routes(house, settings),
        *fragments.routes(house, settings),
        *sharing.routes(house),
        *(graphiql.routes() if settings.development else []),
    ]
    app = Starlette(routes=routes, lifespan=lifespan, exception_handlers={Exception: _unexpected})
    # for whoever stops the server: streams are to be ended first, or it waits for them
    app.state.feed = view.feed
    return app


async def _unexpected(request: Request, problem: Exception) -> Response:
    error_id = logs.report(_logger, problem, path=request.url.path)
    extensions = {"code": ErrorCode.INTERNAL_SERVER_ERROR.value, "errorId": error_id}
    if request.url.path == "/graphql":
        return JSONResponse({"errors": [{"message": "Internal error.", "extensions": extensions}]}, status_code=500)
    return JSONResponse({"error": extensions}, status_code=500)
