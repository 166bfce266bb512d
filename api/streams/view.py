"""The streaming half of the view at /graphql: which answers are streams, over HTTP. Single answers are api.http's."""

from collections.abc import AsyncIterator, Callable, Mapping

from cross_web import AsyncHTTPRequestAdapter
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket
from strawberry.asgi import GraphQL
from strawberry.http import GraphQLRequestData
from strawberry.http.streaming import HTTPStreamTransport
from strawberry.types import ExecutionResult
from strawberry.types.execution import SubscriptionExecutionResult
from strawberry.types.graphql import OperationType

from api import negotiation, parameters, persisted
from api.context import Context
from api.error_codes import ErrorCode
from api.parameters import RequestRefusedError
from api.streams.parts import Parts, asks_parts
from api.streams.response import Opened, Streamed, opened, preceded
from api.streams.server_sent import ServerSent
from api.streams.stream import Stream

_EVENTS, _PARTS = ServerSent.protocol, Parts.protocol
STREAM_PROTOCOLS = (_EVENTS, _PARTS)


class SubscriptionAskedError(RequestRefusedError):
    """A subscription, asked for where only one answer is taken."""

    def __init__(self) -> None:
        super().__init__(
            ErrorCode.NOT_ACCEPTABLE,
            f"A subscription is answered as {negotiation.EVENTS}, or over graphql-transport-ws.",
        )


class StreamingView(GraphQL[Context, None]):
    """Streams what cannot be one answer, or is not wanted as one."""

    send_seconds: float
    stream_transport_classes_by_protocol: Mapping[str, type[HTTPStreamTransport]] = {
        _EVENTS: ServerSent,
        _PARTS: Parts,
    }

    async def execute_operation(  # noqa: PLR0917 - as strawberry has it
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,
        request_data: GraphQLRequestData | list[GraphQLRequestData],
        context: Context,
        root_value: None,
        sub_response: Response,
    ) -> ExecutionResult | list[ExecutionResult] | SubscriptionExecutionResult:
        """A stream, or one answer.

        - server-sent events, for whoever prefers them; for a subscription, whoever takes them at all;
        - multipart/mixed, for a document that asks for parts, where the client takes those.
        """
        if isinstance(request_data, list):
            raise parameters.malformed("Send one operation a request: batches are not taken.")
        accept = request.headers.get("accept")
        if negotiation.prefers_events(accept):
            return await self._stream(request, request_data, context, protocol=_EVENTS)
        if negotiation.takes_parts(accept):
            # a document that is only named may ask for parts as well, and one that does not is an answer to be kept
            text = request_data.query or await persisted.named(context, request_data.extensions)
            if asks_parts(text):
                return await self._stream(request, request_data, context, protocol=_PARTS)
        try:
            return await self.execute_single(request, request_adapter, sub_response, context, root_value, request_data)
        except SubscriptionAskedError:
            if not negotiation.takes_events(accept):
                raise
            return await self._stream(request, request_data, context, protocol=_EVENTS)

    async def _stream(
        self, request: Request, asked: GraphQLRequestData, context: Context, *, protocol: str
    ) -> ExecutionResult | Opened:
        asked.protocol = protocol  # type: ignore[assignment]  # one of strawberry's own words
        stream = Stream(context.account, extensions=asked.extensions)
        own = context.for_stream(stream)
        own.takes_parts = protocol == _PARTS
        answers = await self.schema.stream(
            asked.query,
            variable_values=asked.variables,
            context_value=own,
            operation_name=asked.operation_name,
            allowed_operation_types=_allowed(request.method, protocol),
        )
        context.account.enter()
        stream.at_end(context.account.leave)
        made = await opened(answers, stream, in_parts=own.takes_parts)
        request.state.streamed = made
        return made

    async def create_streaming_response(
        self,
        request: Request | WebSocket,
        stream: Callable[[], AsyncIterator[str]],
        sub_response: Response,
        headers: Mapping[str, str],
    ) -> Response:
        """The stream as an answer that gives everything back when it ends."""
        is_parts = headers == Parts().headers
        body = preceded(Parts().preamble if is_parts else "", stream)
        return Streamed(body, source=request.state.streamed, headers=headers, send_seconds=self.send_seconds)


def _allowed(method: str, protocol: str) -> set[OperationType]:
    allowed = OperationType.from_http("GET" if method == "GET" else "POST")
    return allowed - {OperationType.SUBSCRIPTION} if protocol == _PARTS else allowed
