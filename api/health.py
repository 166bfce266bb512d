"""/healthz, /readyz and /metrics: for the machines that watch this one."""

from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from api.checking import CheckedDocuments
from core import outbox
from core.crossing import House, Rooms

if TYPE_CHECKING:
    from prometheus_client import Gauge


def routes(house: House, kept: CheckedDocuments) -> list[BaseRoute]:
    """The three addresses."""

    async def alive(_request: Request) -> Response:
        return JSONResponse({"status": "ok"})

    async def ready(_request: Request) -> Response:
        waiting, dead = await _outbox(house)
        return JSONResponse({"status": "ok", "unsettledEvents": waiting, "deadLetters": dead})

    async def metrics(_request: Request) -> Response:
        # only a machine that measures waits for the library
        from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

        waiting, dead = await _outbox(house)
        for gauge, value in zip(_gauges(), (waiting, dead, kept.found, kept.missed), strict=True):
            gauge.set(value)
        return Response(generate_latest(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    return [Route("/healthz", alive), Route("/readyz", ready), Route("/metrics", metrics)]


async def _outbox(house: House) -> tuple[int, int]:
    rooms = Rooms(house)
    try:
        return await rooms.read(outbox.backlog), len(await rooms.read(outbox.dead_letters))
    finally:
        await rooms.close()


@lru_cache(maxsize=1)
def _gauges() -> "tuple[Gauge, ...]":
    from prometheus_client import Gauge

    return (
        Gauge("fidelio_outbox_unsettled", "Events whose reactions have not all run yet."),
        Gauge("fidelio_outbox_dead_letters", "Reactions that were given up on and wait for a person."),
        Gauge("fidelio_documents_found", "GraphQL documents whose parsing and validation were known already."),
        Gauge("fidelio_documents_missed", "GraphQL documents that were parsed anew."),
    )
