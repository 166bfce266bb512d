"""GraphQL over HTTP: one view at /graphql. What the schema says is api.schema's; who asks is api.callers'."""

import orjson
from cross_web import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLHTTPResponse
from strawberry.schema import BaseSchema

from api import graphiql
from api.callers import Doorkeeper
from api.context import Context
from api.errors import ApiError
from core.crossing import House, Rooms

_RESPONSE_JSON = "application/graphql-response+json"


class GraphQLView(GraphQL[Context, None]):
    """Strawberry's view with orjson, one snapshot a request, and coded JSON for every refusal of its own."""

    def __init__(self, schema: BaseSchema, house: House, *, development: bool) -> None:
        super().__init__(schema, graphql_ide="graphiql" if development else None, subscription_protocols=())
        self._house = house
        self._doorkeeper = Doorkeeper(house)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request; its snapshot is given back whatever happens."""
        request = Request(scope, receive)
        request.state.rooms = Rooms(self._house)
        try:
            response = await self._answer(request)
        finally:
            await request.state.rooms.close()
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        try:
            response: Response = await self.run(request)
        except ApiError as refused:
            status = 401 if (refused.extensions or {}).get("code") == "UNAUTHENTICATED" else 400
            return _refused(refused.message, dict(refused.extensions or {}), status)
        except HTTPException as refused:
            return _refused(refused.reason, {"code": "BAD_REQUEST"}, refused.status_code)
        if response.media_type == "application/json" and _RESPONSE_JSON in request.headers.get("accept", ""):
            response.headers["content-type"] = f"{_RESPONSE_JSON}; charset=utf-8"
        response.headers["vary"] = "Accept, Authorization, Fidelio-Storefront-Key"
        return response

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """The request's caller and rooms."""
        rooms: Rooms = request.state.rooms
        caller, storefront = await self._doorkeeper.identify(request, rooms)
        return Context(request if isinstance(request, Request) else None, rooms, caller, storefront)

    async def render_graphql_ide(self, request: Request) -> Response:
        """GraphiQL, in development mode only."""
        return graphiql.page()

    def encode_json(self, data: object) -> bytes:
        """The answer's bytes."""
        return orjson.dumps(data)

    def decode_json(self, data: str | bytes) -> object:
        """The request's JSON; orjson raises what the view answers as a 400."""
        return orjson.loads(data)


def _refused(message: str, extensions: dict[str, object], status: int) -> Response:
    body: GraphQLHTTPResponse = {"errors": [{"message": message, "extensions": extensions}]}
    return JSONResponse(body, status_code=status)
