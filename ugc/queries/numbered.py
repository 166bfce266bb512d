"""Published reviews by the number of their page, for addresses that crawlers keep. Clients read on by cursors instead.

A page's number has to mean the same tomorrow, which a cursor of today's newest review does not. The price is rows that
are skipped: ids alone, by the index, no more than a thousand pages of them.
"""

from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as core_select
from sqlmodel import Session, col

from core.hot import Hot
from ugc.queries.published import SHOWN, PublishedReview, Scope, published_rows, within_family
from ugc.tables.reviews import Origin, Review


def _page(*, of_family: bool) -> Hot[PublishedReview]:
    newest_first = (col(Review.published_at).desc(), col(Review.id).desc())
    scope: Any = within_family() if of_family else col(Review.product_id) == bindparam("scope")
    page = (
        core_select(col(Review.id))
        .where(SHOWN, col(Review.origin) == Origin.OWN_SITE, scope)
        .order_by(*newest_first)
        .limit(bindparam("limit"))
        .offset(bindparam("skipped"))
    )
    shown = published_rows().where(col(Review.id).in_(page.scalar_subquery()))
    return Hot(shown.order_by(*newest_first), PublishedReview._make)


_PAGES = {kind: _page(of_family=kind) for kind in (False, True)}


def own_rows(session: Session, scope: Scope, *, skipped: int, limit: int) -> list[PublishedReview]:
    """Reviews collected by this shop, newest first, from the one after `skipped` on. One statement."""
    page = _PAGES[scope.family_id is not None]
    return page.all(session, scope=scope.family_id or scope.product_id, skipped=skipped, limit=limit)
