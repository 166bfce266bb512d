"""Raw request bodies, read no further than a limit and no slower than a pace. What is in them is the routes'."""

from enum import Enum, auto

import anyio
from starlette.requests import ClientDisconnect, Request

# each such part of a body earns its sender another second: a photo may come over a slow line, a drip never ends it
BYTES_A_SECOND = 32_768


class BodyFault(Enum):
    """Why there is no body: it has too many bytes, or it did not come whole in its time."""

    TOO_LARGE = auto()
    INCOMPLETE = auto()


async def read(request: Request, *, most: int, seconds: float) -> bytes | BodyFault:
    """The whole body, whatever length it declares.

    - TOO_LARGE: more than `most` bytes, declared or sent; nothing is read when it is declared.
    - INCOMPLETE: it took longer than `seconds` and a second for every BYTES_A_SECOND, or its sender has gone.
    """
    if _declared(request) > most:
        return BodyFault.TOO_LARGE
    body = bytearray()
    with anyio.move_on_after(seconds) as patience:
        try:
            async for part in request.stream():
                body += part
                if len(body) > most:
                    return BodyFault.TOO_LARGE
                patience.deadline += len(part) / BYTES_A_SECOND
        except ClientDisconnect:
            return BodyFault.INCOMPLETE
        return bytes(body)
    return BodyFault.INCOMPLETE


def _declared(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0
