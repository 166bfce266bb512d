"""Looking at one product page for a check that a worker holds. No transaction may be open: a page takes its time."""

from sqlmodel import Session

from core.fetching import FetchFailure, FetchPolicy
from core.settings import settings
from publishing import truth
from publishing.page_checks import Taken
from publishing.tables import CheckFailure
from seo import browsers
from seo.drawing import Browser
from seo.findings import Reason
from seo.gathering import Reach, gather
from seo.reported import reported
from seo.reporters import Report
from seo.truth import Truth
from shop import products, storefronts

_NO_BROWSER = "off"


def truth_of(session: Session, taken: Taken) -> Truth | None:
    """What the page is held to; None when its product, or its storefront, is gone."""
    product = products.get(session, taken.product_id)
    site = storefronts.get(session, taken.storefront_id)
    return None if product is None or site is None else truth.of_product(session, product.handle, storefront=site)


def look(taken: Taken, held_to: Truth) -> Report | CheckFailure:
    """The report of the page as it is now, drawn where there is a browser.

    Private addresses are out of reach, save the hosts that the operator has named.
    """
    policy = FetchPolicy(allow_private=settings().allowed_private_hosts())
    gathered = gather(taken.url, truth=held_to, policy=policy, reach=Reach(browser=_browser()))
    if isinstance(gathered, FetchFailure):
        return CheckFailure[gathered.kind.name]
    return reported(taken.url, gathered, with_excerpts=True)


def _browser() -> Browser | Reason:
    chosen = settings().browser
    if chosen == _NO_BROWSER:
        return Reason.NOT_RENDERED
    means = browsers.found(chosen)
    return Browser(means.browser) if means.is_enough and means.browser else Reason.NO_BROWSER
