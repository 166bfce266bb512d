"""GraphQL over HTTP: one view at /graphql. What the schema says is api.schema's; who asks is api.callers'."""

from datetime import timedelta
from typing import Literal, cast

import orjson
from cross_web import AsyncHTTPRequestAdapter, HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from starlette.websockets import WebSocket
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.http.base import BaseRequestProtocol
from strawberry.schema import BaseSchema
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from api import caching, graphiql, negotiation, parameters
from api.callers import Doorkeeper, Presented, presented
from api.context import Context
from api.documents import Documents
from api.error_codes import ErrorCode
from api.errors import ApiError, no_such_operation
from api.fair_use import Allowances
from api.parameters import DOCUMENT_ID, RequestRefusedError
from api.statuses import Statuses
from api.streams.admission import Admission
from api.streams.feed import Feed
from api.streams.lobby import Lobby
from api.streams.response import Streamed
from api.streams.socket import MAX_OPERATIONS, SOCKET_PROTOCOL, SocketView
from api.streams.view import STREAM_PROTOCOLS, StreamingView, SubscriptionAskedError
from core.crossing import House, Rooms
from core.key_sets import KeySets
from core.settings import Settings

# what an answer depends on besides its address; Origin decides whether a browser may read it
_VARY = "Accept, Authorization, Fidelio-Storefront-Key, Origin"


class GraphQLView(SocketView, StreamingView):
    """Strawberry's view with orjson, one snapshot a request, and coded JSON for every refusal of its own.

    A request error (nothing was executed) has no `data`. Its status is api.statuses' as graphql-response+json, and 200
    as application/json, where older clients expect it.
    """

    def __init__(self, schema: BaseSchema, house: House, settings: Settings) -> None:
        ide: Literal["graphiql"] | None = "graphiql" if settings.development else None
        super().__init__(
            schema,
            graphql_ide=ide,
            subscription_protocols=(SOCKET_PROTOCOL, *STREAM_PROTOCOLS),
            connection_init_wait_timeout=timedelta(seconds=settings.stream_init_seconds),
            max_subscriptions_per_connection=MAX_OPERATIONS,
        )
        of_one, in_all = settings.socket_waiting_maximum
        self.lobby = Lobby(of_one=of_one, in_all=in_all)
        self.send_seconds = settings.stream_send_seconds
        self.feed = Feed(house, poll_seconds=settings.stream_poll_seconds)
        self._house = house
        self._settings = settings
        self._doorkeeper = Doorkeeper(house, KeySets(allow_private=settings.allowed_private_hosts()))
        self._allowances = Allowances(settings)
        self._documents = Documents(settings)
        self._statuses = Statuses(settings.http_statuses)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request, or serve a socket; a request's snapshot is given back whatever happens."""
        if scope["type"] == "websocket":
            await self.serve(WebSocket(scope, receive, send))
            return
        request = Request(scope, receive)
        request.state.rooms = Rooms(self._house)
        try:
            response = await self._answer(request)
        finally:
            await request.state.rooms.close()
        if not isinstance(response, Streamed):
            context: Context | None = getattr(request.state, "context", None)
            provenance = context.provenance if context is not None else None
            response = caching.finish(request, response, provenance=provenance, settings=self._settings)
        response.headers["vary"] = _VARY
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        accept = request.headers.get("accept")
        media_type = negotiation.media_type(accept)
        streams = negotiation.prefers_events(accept)
        request.state.media_type = negotiation.RESPONSE_JSON if streams else media_type or negotiation.JSON
        try:
            if media_type is None and not streams and not (self.graphql_ide and negotiation.wants_page(accept)):
                raise _not_acceptable()
            # before anybody is asked who sends it: what a slow body waits with is nothing that others need
            request.state.asked = await parameters.read(request, seconds=self._settings.body_seconds)
            response: Response = await self.run(request)
            return response
        except ApiError as refused:
            return self._refused(refused, request.state.media_type)

    async def get_context(self, request: Request | WebSocket, response: Response | WebSocket) -> Context:
        """The request's caller and rooms."""
        context = await self._admit(request, presented(request), request.state.rooms)
        request.state.context = context
        return context

    async def admit(self, connection: HTTPConnection, shown: Presented) -> Context:
        """The context of whoever shows this; its rooms are closed."""
        rooms = Rooms(self._house)
        try:
            return await self._admit(connection, shown, rooms)
        finally:
            await rooms.close()

    async def _admit(self, connection: HTTPConnection, shown: Presented, rooms: Rooms) -> Context:
        caller, storefront = await self._doorkeeper.admit(shown, rooms)
        return Context(
            connection if isinstance(connection, Request) else None,
            rooms,
            caller,
            storefront,
            account=self._allowances.account(caller, connection),
            documents=self._documents,
            admission=Admission(self._doorkeeper, shown, seconds=self._settings.stream_check_seconds),
            feed=self.feed,
        )

    def is_request_allowed(self, request: BaseRequestProtocol) -> bool:
        """Yes: api.parameters answers other methods than GET and POST, in JSON."""
        return True

    def should_render_graphql_ide(self, request: BaseRequestProtocol) -> bool:
        """In development mode, for a person's browser that asks nothing yet; never for `*/*` or a persisted GET."""
        asks = request.query_params.keys() & {"query", "extensions", DOCUMENT_ID}
        page = negotiation.wants_page(request.headers.get("accept"))
        return bool(self.graphql_ide) and request.method == "GET" and page and not asks

    async def render_graphql_ide(self, request: Request) -> Response:
        """GraphiQL, in development mode only."""
        return graphiql.page()

    async def parse_http_body(self, request: AsyncHTTPRequestAdapter) -> GraphQLRequestData:
        """What is asked, as api.parameters took it."""
        # the adapter's only public way to the body reads it whole, without a limit
        asked: GraphQLRequestData = request._request.state.asked  # type: ignore[attr-defined]
        return asked

    async def execute_single(  # noqa: PLR0917 - as strawberry has it
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,
        sub_response: Response,
        context: Context,
        root_value: None,
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        """As strawberry runs it; a document that names no operation to run is a request error like any other."""
        try:
            return await super().execute_single(
                request, request_adapter, sub_response, context, root_value, request_data
            )
        except HTTPException as refused:
            if isinstance(refused.__cause__, InvalidOperationTypeError):
                if refused.__cause__.operation_type is OperationType.SUBSCRIPTION:
                    raise SubscriptionAskedError from refused
                raise _wrong_method(request.method, refused.__cause__) from refused
            if isinstance(refused.__cause__, CannotGetOperationTypeError):
                return ExecutionResult(data=None, errors=[no_such_operation()])
            raise parameters.malformed(
                "Send a document as `query`, its hash in `extensions`, or its `documentId`."
            ) from refused

    async def process_result(self, request: Request, result: ExecutionResult) -> GraphQLHTTPResponse:
        """The answer's JSON; without `data` when nothing was executed, as told by errors that have no path."""
        answer = await super().process_result(request, result)
        if result.data is None and result.errors and all(error.path is None for error in result.errors):
            del answer["data"]
        return answer

    async def get_sub_response(self, request: Request | WebSocket) -> Response:
        """Carries the negotiated type to `create_response`, which is not told of the request."""
        response = await super().get_sub_response(request)
        response.media_type = getattr(request.state, "media_type", negotiation.JSON)
        return response

    def create_response(
        self, response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse], sub_response: Response
    ) -> Response:
        """The answer in the negotiated type, with its status."""
        media_type = sub_response.media_type or negotiation.JSON
        code, seconds = _refusal(response_data) or (None, None)
        is_told = media_type == negotiation.RESPONSE_JSON
        status = self._statuses.of_answer(code, has_errors="errors" in response_data) if is_told else 200
        response = self._json(response_data, media_type, status=status)
        if code is ErrorCode.METHOD_NOT_ALLOWED:
            response.headers["allow"] = "POST"
        if seconds is not None:
            response.headers["retry-after"] = str(seconds)
        return response

    def encode_json(self, data: object) -> bytes:
        """The answer's bytes."""
        return orjson.dumps(data)

    def decode_json(self, data: str | bytes) -> object:
        """The request's JSON; orjson raises what the view answers as a 400."""
        return orjson.loads(data)

    def _refused(self, error: ApiError, media_type: str) -> Response:
        response = self._json({"errors": [error.formatted]}, media_type, status=self._statuses.of_refused(error))
        if isinstance(error, RequestRefusedError):
            response.headers.update(error.headers)
        elif error.code is ErrorCode.UNAUTHENTICATED:
            response.headers["www-authenticate"] = "Bearer"
        return response

    def _json(self, answer: object, media_type: str, *, status: int) -> Response:
        return Response(self.encode_json(answer), status, media_type=f"{media_type}; charset=utf-8")


def _refusal(answer: GraphQLHTTPResponse | list[GraphQLHTTPResponse]) -> tuple[ErrorCode, int | None] | None:
    """The code of an answer without data, and the seconds to wait where waiting helps."""
    if isinstance(answer, list) or "data" in answer:
        return None
    errors = cast("list[dict[str, dict[str, object]]]", answer["errors"])
    told = errors[0]["extensions"]
    return ErrorCode(str(told["code"])), cast("int | None", told.get("retryAfterSeconds"))


def _not_acceptable() -> RequestRefusedError:
    return RequestRefusedError(
        ErrorCode.NOT_ACCEPTABLE, f"Answers are {negotiation.RESPONSE_JSON} or {negotiation.JSON}: accept one of them."
    )


def _wrong_method(method: str, problem: InvalidOperationTypeError) -> RequestRefusedError:
    reason = f"{problem.as_http_error_reason(method).capitalize()}."
    if method == "GET":
        return RequestRefusedError(ErrorCode.METHOD_NOT_ALLOWED, f"{reason} Use POST.", Allow="POST")
    return parameters.malformed(reason)
