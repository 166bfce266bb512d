"""Every text of a product that a check needs: what must be on its page, and what must not."""

from typing import Any, NamedTuple

from sqlalchemy import Select, and_, bindparam, func, or_
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from core.hot import Hot
from shop.tables import Product
from ugc.listing import Scope
from ugc.states import ReviewStatus
from ugc.tables.reviews import Origin, Review, ReviewRevision

_GONE = (ReviewStatus.REJECTED, ReviewStatus.WITHDRAWN)


class TextRow(NamedTuple):
    """One revision's text with what is known of its review."""

    review_id: int
    status: str
    author: str | None
    rating: int
    title: str | None
    body: str
    locale: str
    published_ms: int | None
    dated: bool
    verification: str
    incentivised: bool


class CountRow(NamedTuple):
    """A number of reviews."""

    reviews: int


_COLUMNS: tuple[Any, ...] = (
    Review.id,
    Review.status,
    Review.display_name,
    ReviewRevision.rating,
    ReviewRevision.title,
    ReviewRevision.body,
    Review.locale,
    Review.published_at,
    Review.dated,
    Review.verification,
    Review.incentivised,
)


def _texts(*, of_family: bool) -> Select[Any]:
    members = select(Product.id).where(Product.family_id == bindparam("scope"))
    scope = col(Review.product_id).in_(members) if of_family else col(Review.product_id) == bindparam("scope")
    return core_select(*_COLUMNS).join(ReviewRevision, col(ReviewRevision.review_id) == Review.id).where(scope)


def _published(*, of_family: bool) -> Select[Any]:
    public = and_(
        col(Review.status) == ReviewStatus.PUBLISHED,
        col(Review.counted).is_(True),
        col(Review.origin) == Origin.OWN_SITE,
        col(ReviewRevision.no) == col(Review.public_revision_no),
    )
    return _texts(of_family=of_family).where(public).order_by(col(Review.published_at).desc(), col(Review.id).desc())


def _elsewhere(*, of_family: bool) -> Select[Any]:
    members = select(Product.id).where(Product.family_id == bindparam("scope"))
    scope = col(Review.product_id).in_(members) if of_family else col(Review.product_id) == bindparam("scope")
    shown = and_(col(Review.status) == ReviewStatus.PUBLISHED, col(Review.origin) == Origin.ELSEWHERE)
    return core_select(func.count()).select_from(Review).where(scope, shown)


_ELSEWHERE = {kind: Hot(_elsewhere(of_family=kind), CountRow._make) for kind in (False, True)}
_PUBLISHED = {kind: Hot(_published(of_family=kind), TextRow._make) for kind in (False, True)}
# one comparison a status: a list of values would be expanded while compiling, when `scope` has no value yet
_IS_GONE = or_(*(col(Review.status) == status for status in _GONE))
_GONE_TEXTS = {kind: Hot(_texts(of_family=kind).where(_IS_GONE), TextRow._make) for kind in (False, True)}


def published(session: Session, scope: Scope) -> list[TextRow]:
    """The public revision of every review that counts, newest first. One statement."""
    return _PUBLISHED[scope.family_id is not None].all(session, scope=scope.family_id or scope.product_id)


def gone(session: Session, scope: Scope) -> list[TextRow]:
    """Every revision of the rejected and withdrawn reviews. One statement."""
    return _GONE_TEXTS[scope.family_id is not None].all(session, scope=scope.family_id or scope.product_id)


def elsewhere_count(session: Session, scope: Scope) -> int:
    """How many reviews that another site collected are shown beside the shop's own. One statement."""
    rows = _ELSEWHERE[scope.family_id is not None].all(session, scope=scope.family_id or scope.product_id)
    return rows[0].reviews
