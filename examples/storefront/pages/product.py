"""A product's page and its reviews, in whichever integration is asked for. Writing a review is review_form's."""

import secrets
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from examples.storefront import api
from examples.storefront.api import Data
from examples.storefront.integrations import Integration, head
from examples.storefront.markets import Market
from examples.storefront.pages import rendering
from examples.storefront.pages.home import category_of

REVIEWS = 10
_NOTICES = frozenset({"published", "waiting"})


@dataclass(frozen=True, slots=True)
class Bucket:
    """One row of the histogram, five stars first; `share` is in percent of all ratings."""

    stars: int
    count: int
    share: int


async def page(request: Request) -> Response:
    """The product page; `?after=` continues the reviews, `?integration=` spoils it."""
    return await show(request)


async def show(request: Request, *, status: int = 200, **form: object) -> Response:
    """The product page with its review form as `form` says."""
    shop, market = rendering.shop_of(request), rendering.market_of(request)
    integration = Integration.of(request.query_params.get("integration"))
    after = request.query_params.get("after") or None
    signed_in = rendering.token_of(request) is not None
    data = await rendering.ask(request, "product", signedIn=signed_in, continued=after is not None, **_asked(request))
    product = there(data["product"])
    parts = ("products", product["handle"])
    notice = request.query_params.get("review")
    return rendering.page(
        request, "product.html", data, status=status,
        **_reviews(product, market, after, integration), **_form(form),
        head_markup=head(product["markup"], integration),
        canonical=shop.origin + market.path(*parts, after=after),
        alternates=rendering.alternates(shop, *parts),
        default_url=shop.origin + shop.markets[-1].path(*parts),
        category=category_of(product),
        integration=integration, integrations=list(Integration),
        widget_query=api.document("widget"),
        notice=notice if notice in _NOTICES else None,
    )  # fmt: skip


async def embed(request: Request) -> Response:
    """The reviews alone, as a document to put into a frame."""
    market = rendering.market_of(request)
    data = await rendering.ask(request, "embed", **_asked(request))
    product = there(data["product"])
    after = request.query_params.get("after") or None
    return rendering.html(
        request, "embed.html", market, cache_control="no-cache", **_reviews(product, market, after, Integration.IFRAME)
    )


def _form(given: dict[str, object]) -> dict[str, object]:
    """The form's words: empty unless it comes back with problems."""
    empty = {"rating": "", "title": "", "body": "", "display_name": ""}
    return {"problems": [], "draft": empty, "attempt": secrets.token_urlsafe(12)} | given


def _asked(request: Request) -> dict[str, object]:
    after = request.query_params.get("after") or None
    return {"handle": request.path_params["handle"], "first": REVIEWS, "after": after}


def there(product: Data | None) -> Data:
    """The product; a 404 when the API knows none."""
    if product is None:
        raise HTTPException(404)
    return product


def _reviews(product: Data, market: Market, after: str | None, integration: Integration) -> Data:
    ends = product["reviews"]["pageInfo"]
    # the faulty pages keep their fault while one reads on
    kept = None if integration is Integration.SERVER else integration.value
    parts = ("embed" if integration is Integration.IFRAME else "products", product["handle"])
    return {
        "product": product,
        "summary": product["ratingSummary"],
        "histogram": _histogram(product["ratingSummary"]),
        "reviews": product["reviews"],
        "gallery": product.get("photos", {}).get("nodes", []),
        "after": after,
        "first_page": market.path(*parts, integration=kept),
        "next_page": market.path(*parts, after=ends["endCursor"], integration=kept),
    }


def _histogram(summary: Data) -> list[Bucket]:
    total = summary["count"] or 1
    return [Bucket(row["rating"], row["count"], round(100 * row["count"] / total)) for row in summary["histogram"]]
