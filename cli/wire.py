"""How the server listens: uvicorn's settings and the bounds on what comes. What is served is the api's."""

from typing import Any

import uvicorn

from api.parameters import MAX_BODY
from cli.bounded_protocol import BoundedProtocol


def config(app: Any, *, host: str, port: int) -> uvicorn.Config:  # noqa: ANN401 - starlette's, which is the api's to name
    """For one server of this application."""
    return uvicorn.Config(
        app,
        host=host,
        port=port,
        http=BoundedProtocol,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=5,
        ws_max_size=MAX_BODY,
    )
