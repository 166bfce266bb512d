"""graphql-transport-ws at /graphql: strawberry's handler, with our callers, limits and text frames."""

import abc
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import suppress
from copy import copy
from json import JSONDecodeError
from typing import Any, cast

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState
from strawberry.asgi import ASGIWebSocketAdapter, GraphQL
from strawberry.exceptions import ConnectionRejectionError
from strawberry.http.exceptions import NonJsonMessageReceived, NonTextMessageReceived, WebSocketDisconnected
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation
from strawberry.subscriptions.protocols.graphql_transport_ws.types import SubscribeMessage
from strawberry.types.unset import UNSET, UnsetType

from api import parameters
from api.callers import Presented, bearer_of, presented
from api.context import Context
from api.errors import ApiError, unauthenticated
from api.fair_use import network_of
from api.parameters import RequestRefusedError
from api.streams.lobby import Lobby
from api.streams.stream import Stream
from core import logs
from core.identity import CallerKind

SOCKET_PROTOCOL = GRAPHQL_TRANSPORT_WS_PROTOCOL
MAX_OPERATIONS = 50
_LONGEST_ID = 200
# of RFC 6455
_TOO_BIG = 1009
_TRY_AGAIN_LATER = 1013
_logger = logs.get(__name__)


class Socket(ASGIWebSocketAdapter):
    """JSON objects in text frames of at most api.parameters.MAX_BODY characters."""

    async def iter_json(self, *, ignore_parsing_errors: bool = False) -> AsyncGenerator[object, None]:
        """The client's messages, until it is gone."""
        with suppress(WebSocketDisconnect):
            while self.ws.application_state is not WebSocketState.DISCONNECTED:
                yield await self._message()

    async def _message(self) -> object:
        try:
            text = await self.ws.receive_text()
        except KeyError as problem:
            raise NonTextMessageReceived from problem
        if len(text) > parameters.MAX_BODY:
            await self.close(_TOO_BIG, f"A message has at most {parameters.MAX_BODY} characters.")
            raise WebSocketDisconnect(_TOO_BIG)
        try:
            message = self.view.decode_json(text)
        except JSONDecodeError as problem:
            raise NonJsonMessageReceived from problem
        if not isinstance(message, dict):
            raise NonJsonMessageReceived
        return message

    async def send_json(self, message: Mapping[str, object]) -> None:
        """Send a message."""
        try:
            await self.ws.send_text(bytes(self.view.encode_json(message)).decode())  # type: ignore[arg-type]
        # the second: the socket was closed meanwhile, from our side
        except (WebSocketDisconnect, RuntimeError) as gone:
            raise WebSocketDisconnected from gone


class SocketContext(Context):
    """What a socket's operations have in common. Who asks is known from connection_init on."""

    def __init__(self, socket: WebSocket, nobody: Context, *, known: Callable[[], None]) -> None:
        super().__init__(
            None,
            nobody.rooms,
            nobody.caller,
            account=nobody.account,
            documents=nobody.documents,
            admission=nobody.admission,
            feed=nobody.feed,
        )
        self.socket = socket
        self.connection_params: Mapping[str, object] = {}
        self._is_counted = False
        self._known = known

    def become(self, somebody: Context) -> None:
        """Who the socket's operations are for. Raises TOO_MANY_STREAMS."""
        somebody.account.enter()
        self._is_counted = True
        self._known()
        self.caller, self.storefront = somebody.caller, somebody.storefront
        self.account, self.admission = somebody.account, somebody.admission

    def leave(self) -> None:
        """The socket is closed."""
        if self._is_counted:
            self.account.leave()


class Handler(BaseGraphQLTransportWSHandler[Context, None]):
    """Strawberry's, for messages of the right shape only, with a context of its own for each operation."""

    def __init__(self, *arguments: Any, **named: Any) -> None:  # noqa: ANN401 - as strawberry has it
        super().__init__(*arguments, **named)
        # strawberry's operation has no place for them
        self._extensions: dict[str, dict[str, Any] | None] = {}

    async def handle_subscribe(self, message: SubscribeMessage) -> None:
        """Run an operation; 4400 for a message that names none."""
        try:
            name: object = message["id"]
            if not isinstance(name, str) or len(name) > _LONGEST_ID:
                raise parameters.malformed(f"An id is a string of at most {_LONGEST_ID} characters.")
            asked = parameters.checked(message["payload"])
        except RequestRefusedError as refused:
            await self.handle_invalid_message(refused.message)
            return
        self._extensions[name] = asked.extensions
        payload = {"query": asked.query, "variables": asked.variables, "operationName": asked.operation_name}
        await super().handle_subscribe(cast("SubscribeMessage", {**message, "payload": payload}))
        if name not in self.operations:
            del self._extensions[name]

    async def run_operation(self, operation: Operation[Context, None]) -> None:
        """Run it as if it were the socket's only one."""
        stream = Stream(self.context.account, extensions=self._extensions.pop(operation.id, None))
        alone = copy(self)
        alone.context = self.context.for_stream(stream)
        await super(Handler, alone).run_operation(operation)

    async def handle_task_exception(self, error: Exception) -> None:
        """Nothing of ours is raised here: it is a bug, unless the client has gone."""
        if not isinstance(error, WebSocketDisconnected):
            logs.report(_logger, error, path="graphql-transport-ws")


class SocketView(GraphQL[Context, None], abc.ABC):
    """The half of the view at /graphql that serves sockets."""

    websocket_adapter_class = Socket  # type: ignore[assignment]  # as strawberry's own view has it
    graphql_transport_ws_handler_class = Handler
    lobby: Lobby

    @abc.abstractmethod
    async def admit(self, connection: HTTPConnection, shown: Presented) -> Context:
        """The context of whoever shows this. Raises UNAUTHENTICATED."""

    async def serve(self, socket: WebSocket) -> None:
        """One socket's life: refused for another protocol than ours or when too many wait; all it runs ends with it."""
        if SOCKET_PROTOCOL not in socket["subprotocols"]:
            await socket.close(4406)
            return
        leave_lobby = self.lobby.enter(network_of(socket))
        if leave_lobby is None:
            await socket.close(_TRY_AGAIN_LATER)
            return
        try:
            nobody = await self.admit(socket, Presented(None, None))
            await self._live(SocketContext(socket, nobody, known=leave_lobby))
        finally:
            leave_lobby()

    async def _live(self, context: SocketContext) -> None:
        try:
            await self.run(context.socket, context=context)
        finally:
            context.leave()

    async def on_ws_connect(self, context: Context) -> UnsetType | dict[str, object] | None:
        """Let somebody in; it closes with 4403 for nobody, another storefront's page, and who holds too many."""
        if not isinstance(context, SocketContext):
            raise TypeError("a socket's context is made by serve")
        try:
            shown = _shown(context)
            somebody = await self.admit(context.socket, shown)
            keys = getattr(context.socket.state, "keys_of_origin", None)
            is_anothers = keys is not None and somebody.storefront is not None and shown.storefront_key not in keys
            if somebody.caller.kind is CallerKind.ANONYMOUS or is_anothers:
                raise unauthenticated()
            context.become(somebody)
        except ApiError as refused:
            raise ConnectionRejectionError from refused
        plain: UnsetType = UNSET
        return plain

    def is_websocket_origin_allowed(self, request: WebSocket, origin: str) -> bool:
        """Yes: api.cors has looked."""
        return True


def _shown(context: SocketContext) -> Presented:
    """What connection_init's payload says, in our words or in those of the headers; else what the handshake's do."""
    said = {name.lower(): value for name, value in context.connection_params.items() if isinstance(value, str)}
    handshake = presented(context.socket)
    key = said.get("storefrontkey") or said.get("fidelio-storefront-key") or handshake.storefront_key
    return Presented(key, bearer_of(said.get("authorization", "")) or handshake.bearer)
