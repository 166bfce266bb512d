"""How the platform's background work fares: what is still to run, and the reactions that were given up on."""

from sqlmodel import Session
from starlette.responses import Response

from console import flashes
from console.visit import Visit
from core import outbox
from core.identity import Permission
from core.outbox import Event, ReactionFailure

# who may put a dead letter back to work
REPLAY = Permission.MANAGE_SHOP


async def show(visit: Visit) -> Response:
    """The backlog and the dead letters."""
    backlog, letters = await visit.read(_gather)
    return visit.page("health.html", backlog=backlog, letters=letters, may_replay=visit.caller.may(REPLAY))


async def replay(visit: Visit) -> Response:
    """Have the worker try a dead letter again."""
    event_id, reaction = visit.whole("event_id"), visit.field("reaction")

    def put_back(session: Session) -> bool:
        return outbox.replay(session, event_id, reaction)

    found = await visit.write(put_back)
    return visit.go("/health", flashes.done("flash.replayed") if found else flashes.told("flash.not_replayed"))


def _gather(session: Session) -> tuple[int, list[tuple[Event, ReactionFailure]]]:
    return outbox.backlog(session), outbox.dead_letters(session)
