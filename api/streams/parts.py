"""Answers in parts (@defer, @stream) over multipart/mixed, and whole ones for who does not take parts."""

from collections.abc import Iterator, Mapping

from graphql import DirectiveNode, DocumentNode, Visitor, VisitorAction, visit
from strawberry.extensions import SchemaExtension
from strawberry.http import GraphQLHTTPResponse
from strawberry.http.streaming import HTTPStreamTransport, JSONEncoder, MultipartTransport

_DIRECTIVES = frozenset({"defer", "stream"})
# a stream of parts ends within a request's time, so it needs no signs of life
_NEVER_SECONDS = 86_400.0


class WholeAnswers(SchemaExtension):
    """Takes @defer and @stream out of a valid document, as a server may, unless the request takes parts."""

    def on_execute(self) -> Iterator[None]:
        """Before it runs."""
        execution = self.execution_context
        if not execution.context.takes_parts and execution.graphql_document is not None and asks_parts(execution.query):
            execution.graphql_document = whole(execution.graphql_document)
        yield


def asks_parts(document: str | None) -> bool:
    """Whether the text may ask for parts."""
    return document is not None and ("@defer" in document or "@stream" in document)


def whole(document: DocumentNode) -> DocumentNode:
    """The document without the two directives."""
    return visit(document, _Undirected())  # type: ignore[no-any-return]


class _Undirected(Visitor):
    def enter_directive(self, node: DirectiveNode, *_rest: object) -> VisitorAction:
        return self.REMOVE if node.name.value in _DIRECTIVES else self.IDLE


class Parts(MultipartTransport, HTTPStreamTransport):
    """multipart/mixed, each part closed by the boundary after it, so that a reader need not wait for the next.

    Strawberry chooses among its transports by these names; what it calls a multipart subscription carries our parts.
    """

    protocol = "multipart-subscription"
    batching_error = "Send one operation a request."
    heartbeat_interval = _NEVER_SECONDS
    send_initial_heartbeat = False

    @property
    def headers(self) -> Mapping[str, str]:
        """As strawberry's, and never kept by anybody on the way."""
        return {**super().headers, "Cache-Control": "no-store", "X-Accel-Buffering": "no"}

    def accepts(self, accept: str) -> bool:
        """Never of its own accord: api.negotiation decides."""
        return False

    def encode_next(self, response: GraphQLHTTPResponse, encode_json: JSONEncoder) -> str:
        """One part."""
        return self.encode_multipart_data(response, encode_json)

    def encode_complete(self) -> str:
        """The last boundary's end."""
        return "--\r\n"

    def heartbeat_message(self, encode_json: JSONEncoder) -> str:
        """Nothing."""
        return ""

    @property
    def preamble(self) -> str:
        """What stands before the first part."""
        return f"--{self.separator}"
