"""Pages for what went wrong: not found, not allowed, and bugs, which show an id and nothing of themselves."""

from collections.abc import Mapping

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from console import guard, languages, policy
from console.desk import Desk
from console.visit import Visit
from core import logs
from core.crossing import Rooms

_KINDS = {400: "bad_request", 403: "forbidden", 404: "not_found", 405: "not_found", 413: "too_large"}
_logger = logs.get(__name__)


class Failures:
    """The console's exception handlers."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    async def refused(self, request: Request, problem: Exception) -> Response:
        """The page of a request that a view or the router turned down."""
        status = problem.status_code if isinstance(problem, HTTPException) else 500
        headers = problem.headers if isinstance(problem, HTTPException) else None
        kind = "role" if isinstance(problem, guard.RoleForbids) else _KINDS.get(status, "bad_request")
        return self._page(request, kind, status=status, headers=headers)

    async def unexpected(self, request: Request, problem: Exception) -> Response:
        """The page of a bug: the log has it under the id that is shown."""
        error_id = logs.report(_logger, problem, path=request.url.path)
        # outside the middleware, so the headers are put here
        return self._page(request, "bug", status=500, error_id=error_id, headers=policy.headers(self._desk.media_url))

    def _page(
        self, request: Request, kind: str, *, status: int, error_id: str = "", headers: Mapping[str, str] | None = None
    ) -> Response:
        visit: Visit | None = getattr(request.state, "visit", None)
        if visit is None:
            locale = languages.chosen(None, request.headers.get("accept-language", ""))
            visit = Visit(self._desk, request, Rooms(self._desk.house), locale=locale)
        # the message may be what could not be rendered
        visit.flash = None
        answer = visit.page("error.html", status=status, kind=kind, error_id=error_id)
        answer.headers.update(headers or {})
        return answer
