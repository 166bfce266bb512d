"""The front door, where a language is chosen, and each market's home page with its products."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from examples.storefront.api import Data
from examples.storefront.pages import rendering

_PRODUCTS = 24
# the merchant's categories, as Fidelio was told of them
_CATEGORIES = {"Ceramics": "ceramics", "Tea and infusions": "tea", "Table linen": "linen"}
_OTHER = "other"


async def choose(request: Request) -> Response:
    """Readers go on to their language; whoever names none of ours, as search engines do, chooses."""
    shop = rendering.shop_of(request)
    market = shop.preferred(request.headers.get("accept-language", ""))
    if market is not None:
        return RedirectResponse(market.path(), status_code=302, headers={"Vary": "Accept-Language"})
    address = f"{shop.origin}/"
    answer = rendering.html(
        request, "choose.html", shop.markets[0], cache_control="no-cache", markets=shop.markets,
        canonical=address, default_url=address, alternates=rendering.alternates(shop),
    )  # fmt: skip
    answer.headers["Vary"] = "Accept-Language"
    return answer


async def home(request: Request) -> Response:
    """A market's products, by category."""
    shop, market = rendering.shop_of(request), rendering.market_of(request)
    after = request.query_params.get("after")
    signed_in = rendering.token_of(request) is not None
    data = await rendering.ask(request, "home", first=_PRODUCTS, after=after, signedIn=signed_in)
    ends = data["products"]["pageInfo"]
    return rendering.page(
        request, "home.html", data,
        shelves=_shelves(data["products"]["nodes"]),
        canonical=shop.origin + market.path(after=after),
        next=market.path(after=ends["endCursor"]) if ends["hasNextPage"] else None,
        alternates=[] if after else rendering.alternates(shop),
        default_url=f"{shop.origin}/",
    )  # fmt: skip


def category_of(product: Data) -> str:
    """One of the shop's own categories."""
    return _CATEGORIES.get(product["category"], _OTHER)


def _shelves(products: list[Data]) -> list[tuple[str, list[Data]]]:
    shelves = [
        (name, [each for each in products if category_of(each) == name]) for name in (*_CATEGORIES.values(), _OTHER)
    ]
    return [(name, held) for name, held in shelves if held]
