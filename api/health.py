"""/healthz, /readyz and /metrics: for the machines that watch this one."""

from prometheus_client import CONTENT_TYPE_LATEST, Gauge, generate_latest
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from core import outbox
from core.crossing import House, Rooms

_backlog = Gauge("fidelio_outbox_unsettled", "Events whose reactions have not all run yet.")
_dead = Gauge("fidelio_outbox_dead_letters", "Reactions that were given up on and wait for a person.")


def routes(house: House) -> list[BaseRoute]:
    """The three addresses."""

    async def alive(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_request: Request) -> Response:
        waiting, dead = await _outbox(house)
        return JSONResponse({"status": "ok", "unsettledEvents": waiting, "deadLetters": dead})

    async def metrics(_request: Request) -> Response:
        waiting, dead = await _outbox(house)
        _backlog.set(waiting)
        _dead.set(dead)
        return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)]


async def _outbox(house: House) -> tuple[int, int]:
    rooms = Rooms(house)
    try:
        return await rooms.read(outbox.backlog), len(await rooms.read(outbox.dead_letters))
    finally:
        await rooms.close()
