"""What is private in the pinned strawberry and used here all the same: a new version must still have it so."""

import inspect
from importlib.metadata import version

from strawberry.asgi import ASGIWebSocketAdapter
from strawberry.http.async_base_view import AsyncBaseHTTPView
from strawberry.http.streaming import HTTPStreamTransport, MultipartTransport, SSETransport
from strawberry.schema import Schema
from strawberry.subscriptions.protocols.graphql_transport_ws.handlers import BaseGraphQLTransportWSHandler, Operation

from api.streams.parts import Parts
from api.streams.server_sent import ServerSent


def arguments(function: object) -> list[str]:
    return list(inspect.signature(function).parameters)  # type: ignore[arg-type]


def test_the_version_is_the_one_that_was_read() -> None:
    assert version("strawberry-graphql") == "0.341.2"


def test_streams_are_chosen_by_the_protocol_that_the_request_data_name() -> None:
    chosen = inspect.getsource(AsyncBaseHTTPView.run)
    streamed = inspect.getsource(AsyncBaseHTTPView._create_streaming_response)

    assert "protocol=request_data.protocol" in chosen
    assert "self._get_stream_transport(protocol)" in streamed
    assert "self.create_streaming_response(" in streamed
    assert {ServerSent.protocol, Parts.protocol} == {"sse", "multipart-subscription"}
    assert issubclass(ServerSent, SSETransport)
    assert issubclass(Parts, MultipartTransport)
    assert issubclass(Parts, HTTPStreamTransport)


def test_the_parts_of_a_stream_are_framed_by_the_view() -> None:
    framed = inspect.getsource(AsyncBaseHTTPView._process_stream_result)

    assert '"pending"' in framed
    assert '"incremental"' in framed
    assert '"completed"' in framed


def test_an_operation_streams_with_these_arguments() -> None:
    assert {"variable_values", "context_value", "operation_name", "operation_extensions"} <= set(
        arguments(Schema.stream)
    )


def test_a_socket_s_handler_takes_messages_and_runs_operations_so() -> None:
    handler = BaseGraphQLTransportWSHandler
    source = inspect.getsource(handler.run_operation)

    assert arguments(handler.handle_subscribe) == ["self", "message"]
    assert arguments(handler.run_operation) == ["self", "operation"]
    assert arguments(handler.handle_task_exception) == ["self", "error"]
    # an operation's own handler is a copy: what it shares with the socket's are these
    assert "context_value=self.context" in source
    assert "self.operations.pop" in source
    assert {"handler", "id", "query"} <= set(Operation.__slots__)
    assert {"iter_json", "send_json", "close"} <= set(dir(ASGIWebSocketAdapter))
