"""The decision log: what staff decided, newest first. It holds codes; texts stay with the reviews."""

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console.visit import Visit
from core import accounts
from core.paging import Key, Page, decode_cursor, encode_cursor
from ugc import cases
from ugc.queries.cases import LogRow

_ROWS = 30


async def show(visit: Visit) -> Response:
    """A page of the log."""
    before = visit.request.query_params.get("before")
    key = decode_cursor(before, (int,)) if before else None
    if before and key is None:
        raise HTTPException(400)
    page, names = await visit.read(_gather, key)
    older = encode_cursor(page.keys[-1]) if page.has_next else None
    return visit.page("decisions.html", page=page, names=names, before=before, older=older)


def _gather(session: Session, before: Key | None) -> tuple[Page[LogRow], dict[int, str]]:
    page = cases.decision_log(session, first=_ROWS, after=before)
    return page, accounts.names_of(session, (row.decision.staff_id for row in page.items if row.decision.staff_id))
