"""Pages for what went wrong: an address without a page, a token past its time, an API that does not answer."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from examples.storefront.api import ApiRefusedError, Data
from examples.storefront.markets import Market
from examples.storefront.pages import rendering

_logger = logging.getLogger(__name__)
_SHOWN = frozenset({404, 405, 503})


async def not_there(request: Request, problem: Exception) -> Response:
    """404 and its like."""
    status = problem.status_code if isinstance(problem, HTTPException) else 404
    return _page(request, status if status in _SHOWN else 404, sent=status)


async def api_away(request: Request, problem: Exception) -> Response:
    """503: nothing of the shop can be shown without the API."""
    _logger.warning("the API is away: %s", problem)
    return _page(request, 503, sent=503)


async def api_refused(request: Request, problem: Exception) -> Response:
    """A question the API finds wrong: an `after` that is no cursor is the reader's, all else is the shop's fault."""
    if isinstance(problem, ApiRefusedError) and problem.code == "BAD_USER_INPUT":
        return _page(request, 404, sent=404)
    _logger.error("the API refused: %s", problem)
    return _page(request, 503, sent=503)


async def token_refused(request: Request, _problem: Exception) -> Response:
    """An expired token: signed out, and the same page again."""
    market = rendering.market_of(request)
    answer = RedirectResponse(str(request.url), status_code=303)
    answer.delete_cookie(market.cookie, path=market.path())
    return answer


def _page(request: Request, shown: int, *, sent: int) -> Response:
    nobody: Data = {"token": None, "first_name": "", "memberships": []}
    answer = rendering.html(
        request, "error.html", _market(request), status=sent, cache_control="no-store", shown=shown, **nobody
    )
    if sent == 503:
        answer.headers["Retry-After"] = "30"
    return answer


def _market(request: Request) -> Market:
    # outside routing the path has not been taken apart
    shop = rendering.shop_of(request)
    return shop.market(request.url.path.split("/")[1]) or shop.markets[0]
