"""Raw request bodies, read no further than a limit. What is in them is the routes' to know."""

from starlette.requests import Request


async def read(request: Request, *, most: int) -> bytes | None:
    """The whole body, or None when it has more than `most` bytes, whatever length it declares."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > most:
            return None
    return bytes(body)
