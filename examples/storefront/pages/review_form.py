"""What happens to the review form: the shop's server submits it to Fidelio as the signed-in customer."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from examples.storefront.api import Data
from examples.storefront.pages import product, rendering
from examples.storefront.words import say

_FIELDS = ("rating", "title", "body", "display_name")
_RATINGS = frozenset("12345")


async def send(request: Request) -> Response:
    """Submit the review; back to the page with thanks, or with Fidelio's own sentences about what is wrong."""
    market = rendering.market_of(request)
    if rendering.token_of(request) is None:
        return RedirectResponse(market.path("sign-in", back=request.path_params["handle"]), status_code=303)
    form = await request.form()
    draft = {name: str(form.get(name, "")).strip() for name in _FIELDS}
    attempt = str(form.get("attempt", "")) or None
    if draft["rating"] not in _RATINGS:
        return await _again(request, draft, attempt, [say(market.language, "form.choose_rating")])
    answer = await _submit(request, draft, attempt)
    problems = [problem["message"] for problem in answer["userErrors"]]
    if problems:
        return await _again(request, draft, attempt, problems)
    thanks = "published" if answer["review"]["publishedAt"] else "waiting"
    handle = request.path_params["handle"]
    return RedirectResponse(market.path("products", handle, review=thanks) + "#reviews", status_code=303)


async def _submit(request: Request, draft: dict[str, str], attempt: str | None) -> Data:
    market = rendering.market_of(request)
    found = await rendering.ask(request, "product_id", handle=request.path_params["handle"])
    review = {
        "productId": product.there(found["product"])["id"],
        "rating": int(draft["rating"]),
        "title": draft["title"] or None,
        "body": draft["body"],
        "locale": market.locale,
        "displayName": draft["display_name"] or None,
    }
    # the attempt's number makes a form that is sent twice one review
    data = await rendering.ask(request, "submit_review", input=review, key=attempt)
    answer: Data = data["submitReview"]
    return answer


async def _again(request: Request, draft: dict[str, str], attempt: str | None, problems: list[str]) -> Response:
    return await product.show(request, status=422, problems=problems, draft=draft, attempt=attempt)
