"""Signing in and out. The token is kept in the browser, out of scripts' reach; Fidelio alone judges it."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from examples.storefront import people, tokens
from examples.storefront.api import Api, TokenRefusedError
from examples.storefront.markets import Market
from examples.storefront.pages import rendering


async def sign_in_page(request: Request) -> Response:
    """Whom one may be: a demo customer where the shop holds the secret, else the bearer of a token."""
    return _page(request, back=request.query_params.get("back", ""))


async def sign_in(request: Request) -> Response:
    """Keep the customer's token, if Fidelio knows it, and go back to the product one came from."""
    market = rendering.market_of(request)
    form = await request.form()
    back = str(form.get("back", ""))
    token = _token(market, person_id=str(form.get("person", "")), pasted=str(form.get("token", "")))
    if token is None or not await _is_good(request, token):
        return _page(request, back=back, problem="bad_token", status=422)
    goal = market.path("products", back) + "#write" if back.replace("-", "").isalnum() else market.path()
    answer = RedirectResponse(goal, status_code=303)
    secure = rendering.shop_of(request).origin.startswith("https:")
    answer.set_cookie(
        market.cookie, token, path=market.path(), httponly=True, secure=secure,
        samesite="lax",
    )  # fmt: skip
    return answer


async def sign_out(request: Request) -> Response:
    """Forget the token."""
    market = rendering.market_of(request)
    answer = RedirectResponse(market.path(), status_code=303)
    answer.delete_cookie(market.cookie, path=market.path())
    return answer


def _token(market: Market, *, person_id: str, pasted: str) -> str | None:
    if market.secret is None:
        return pasted.strip() or None
    person = people.find(market.handle, person_id)
    if person is None:
        return None
    return tokens.mint(person.id, audience=market.handle, secret=market.secret, given_name=person.name)


async def _is_good(request: Request, token: str) -> bool:
    api: Api = request.app.state.api
    try:
        data = await api.ask("caller", rendering.market_of(request), token=token, variables={})
    except TokenRefusedError:
        return False
    # a service key would pass for a token too, but it is nobody's account
    return bool(data["viewer"]["kind"] == "CUSTOMER")


def _page(request: Request, *, back: str, problem: str | None = None, status: int = 200) -> Response:
    market = rendering.market_of(request)
    return rendering.page(
        request, "sign_in.html", {}, status=status, back=back, problem=problem, people=people.PEOPLE[market.handle]
    )
