"""Raw connections to a real server that listens as `fidelio serve` does."""

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPResponse
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from cli import wire
from tests.worker.world import free_port, wait_until

SOON = 10.0


class Line:
    """One connection, to which anything can be written."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=SOON)

    def write(self, *parts: bytes) -> None:
        """Send these bytes."""
        self.socket.sendall(b"".join(parts))

    def request(self, start: str, *headers: str) -> None:
        """Send a request's head, whose body is the caller's to write."""
        self.write("\r\n".join([f"{start} HTTP/1.1", "Host: x", *headers, "", ""]).encode())

    def pour(self, part: bytes, *, at_most: int) -> int:
        """Send the part again and again until the server ends it; returns how many bytes it took."""
        sent = 0
        try:
            while sent < at_most:
                self.socket.sendall(part)
                sent += len(part)
        except OSError:
            pass
        return sent

    def answer(self) -> tuple[int, Any]:
        """(status, the body: parsed, where it is JSON) of the next answer."""
        response = HTTPResponse(self.socket)
        response.begin()
        content = response.read()
        is_json = "json" in response.headers.get("content-type", "")
        return response.status, json.loads(content) if is_json else content.decode()

    def is_closed(self) -> bool:
        """Whether the server has closed it: waits for that."""
        try:
            while self.socket.recv(65_536):
                pass
        except ConnectionError:
            return True
        except TimeoutError:
            return False
        return True

    def close(self) -> None:
        """Go."""
        self.socket.close()


@contextmanager
def open_line(port: int) -> Iterator[Line]:
    """A connection, closed afterwards."""
    line = Line(port)
    try:
        yield line
    finally:
        line.close()


@contextmanager
def listening(app: ASGIApp) -> Iterator[int]:
    """The app on a port, in a thread."""
    port = free_port()
    server = uvicorn.Server(wire.config(app, host="127.0.0.1", port=port))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        wait_until(lambda: server.started)
        yield port
    finally:
        server.should_exit = True
        thread.join(SOON)
