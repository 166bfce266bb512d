"""HTTP as uvicorn reads it with httptools, with bounds on a request's address, headers and time. Bodies are the doors'.

httptools bounds none of them: an endless header fills the memory before any of our own code is asked.
"""

from asyncio import TimerHandle, Transport
from http import HTTPStatus

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

# a document of 20,000 characters fits into an address
MAX_ADDRESS = 32_768
# the address, the headers and what else is no body
MAX_HEAD = 65_536


class BoundedProtocol(HttpToolsProtocol):
    """Answers 414 and 431 to what is too long, 408 to what does not come, and then closes the connection.

    What its sender still sends is read and dropped for a moment, so that the answer arrives. So it is with a body that
    was answered before its end, as one over a limit is.
    """

    head_seconds = 10.0
    linger_seconds = 2.0

    # uvicorn's, which has none before a request begins
    url = b""
    cycle: RequestResponseCycle | None = None  # type: ignore[assignment]
    _unread = 0
    _is_refused = False
    _patience: TimerHandle | None = None

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]  # as uvicorn has it
        """Wait for the first request."""
        super().connection_made(transport)
        self._wait(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is waited for any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless what is no body has become too long."""
        if self._is_refused:
            return
        self._unread += len(data)
        super().data_received(data)
        if self._unread > MAX_HEAD:
            is_address = len(self.url) > MAX_ADDRESS
            too_long = HTTPStatus.REQUEST_URI_TOO_LONG if is_address else HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
            self._refuse(too_long)

    def on_message_begin(self) -> None:
        """A request's head has its time."""
        self._wait(self.head_seconds)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Hand the request on, when its head is no longer than may be."""
        self._unread = 0
        self._stop_waiting()
        if len(self.url) > MAX_ADDRESS:
            self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG)
        elif sum(len(name) + len(value) for name, value in self.headers) > MAX_HEAD:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        else:
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """A part of a body, which the doors count."""
        self._unread = 0
        if not self._is_refused:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """The request is whole."""
        if self._is_refused:
            return
        self._unread = 0
        self._stop_waiting()
        if self._is_answered():
            # uvicorn's own patience with an idle connection has ended when more of the body came
            self._wait(self.head_seconds)
        super().on_message_complete()

    def on_response_complete(self) -> None:
        """The answer is out; a request that is not whole by now will not be waited for long."""
        super().on_response_complete()
        if self._is_answered():
            self._linger()

    def handle_websocket_upgrade(self) -> None:
        """Become a websocket, unless refused."""
        if not self._is_refused:
            super().handle_websocket_upgrade()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP, unless refused for more."""
        if not self._is_refused:
            super().send_400_response(msg)

    def _is_answered(self) -> bool:
        """Whether the answer is out before the request was whole."""
        return self.cycle is not None and self.cycle.response_complete and self.cycle.more_body

    def _wait(self, seconds: float) -> None:
        self._stop_waiting()
        self._patience = self.loop.call_later(seconds, self._give_up)

    def _linger(self) -> None:
        self._stop_waiting()
        self._patience = self.loop.call_later(self.linger_seconds, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._patience is not None:
            self._patience.cancel()
            self._patience = None

    def _give_up(self) -> None:
        if self._unread:
            self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        else:
            self.transport.abort()

    def _refuse(self, status: HTTPStatus) -> None:
        if self._is_refused or self.transport.is_closing():
            return
        self._is_refused = True
        if self.cycle is not None and not self.cycle.response_complete:
            # an answer has begun: another one would be read as a part of it
            self.transport.abort()
            return
        self.transport.write(_answer(status))
        self._linger()


def _answer(status: HTTPStatus) -> bytes:
    body = f'{{"error": {{"code": "{status.name}", "message": "{status.phrase}"}}}}'
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}",
        "content-type: application/json; charset=utf-8",
        f"content-length: {len(body)}",
        "connection: close",
    )
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()
