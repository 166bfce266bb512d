"""Server-sent events as the clients read them: "distinct connections" of GraphQL over SSE, with LF line ends."""

from strawberry.http import GraphQLHTTPResponse
from strawberry.http.streaming import JSONEncoder, SSETransport

# below the idle time after which proxies commonly hang up
_HEARTBEAT_SECONDS = 12.0


class ServerSent(SSETransport):
    """Strawberry's, but for the line ends: one of the common clients looks for LF only."""

    def __init__(self) -> None:
        super().__init__(heartbeat_interval=_HEARTBEAT_SECONDS)

    def encode_next(self, response: GraphQLHTTPResponse, encode_json: JSONEncoder) -> str:
        """One answer."""
        return _lf(super().encode_next(response, encode_json))

    def encode_complete(self) -> str:
        """No more answers."""
        return _lf(super().encode_complete())

    def heartbeat_message(self, encode_json: JSONEncoder) -> str:
        """A comment, which clients pass over."""
        return _lf(super().heartbeat_message(encode_json))


def _lf(text: str) -> str:
    return text.replace("\r\n", "\n")
