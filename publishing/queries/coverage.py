"""Statements about what the newest checks found: by product, by rule, over time."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, and_, cast, delete, exists, func, or_, tuple_
from sqlalchemy import select as core_select
from sqlmodel import Session, col, select

from core import db
from core.paging import Key
from publishing.tables import CheckState, CoverageDay, PageCheck, PageFault, ProductCoverage, share_ppm
from shop.tables import Product, ProductListing, Storefront
from ugc.states import ReviewStatus
from ugc.tables.reviews import Review


class Sums(NamedTuple):
    """What the newest checks add up to."""

    pages: int
    reviews: int
    yes: int
    no: int
    depends: int
    checked_at: datetime | None

    @property
    def share_ppm(self) -> int | None:
        """The surely indexable among them in millionths."""
        return share_ppm(self.yes, self.reviews)


class RuleRow(NamedTuple):
    """A broken rule and on how many pages it is."""

    code: str
    severity: str
    pages: int


class DuePage(NamedTuple):
    """A product page that the night checks."""

    product_id: int
    storefront_id: int


def _sum(column: Any) -> Any:  # noqa: ANN401 - a column
    # PostgreSQL sums BIGINT to NUMERIC, which a driver gives as a Decimal
    return cast(func.coalesce(func.sum(column), 0), BigInteger)


def replace(session: Session, coverage: ProductCoverage, faults: Sequence[PageFault]) -> None:
    """Put the newest check of a page in the place of the one before. Four statements at most."""
    for table in (PageFault, ProductCoverage):
        statement = delete(table).where(
            col(table.product_id) == coverage.product_id, col(table.storefront_id) == coverage.storefront_id
        )
        db.changed_rows(session, statement)
    session.add(coverage)
    session.add_all(faults)
    session.flush()


def of_products(session: Session, product_ids: Sequence[int]) -> Sequence[ProductCoverage]:
    """The coverage of these products, the worst storefront first. One statement."""
    statement = select(ProductCoverage).where(col(ProductCoverage.product_id).in_(product_ids))
    return session.exec(statement.order_by(col(ProductCoverage.share), col(ProductCoverage.storefront_id))).all()


def worst_first(
    session: Session, *, code: str | None, after: Key | None, limit: int
) -> Sequence[tuple[ProductCoverage, str]]:
    """Coverage by page with the product's name, the worst first; only where a rule is broken, if one is named."""
    place = (col(ProductCoverage.share), col(ProductCoverage.product_id), col(ProductCoverage.storefront_id))
    statement = select(ProductCoverage, Product.name).join(Product, col(Product.id) == col(ProductCoverage.product_id))
    if code is not None:
        broken = exists().where(
            col(PageFault.code) == code,
            col(PageFault.product_id) == col(ProductCoverage.product_id),
            col(PageFault.storefront_id) == col(ProductCoverage.storefront_id),
        )
        statement = statement.where(broken)
    if after is not None:
        statement = statement.where(tuple_(*place) > tuple_(*after))
    return session.exec(statement.order_by(*place).limit(limit)).all()


def sums(session: Session) -> Sums:
    """All pages together. One statement."""
    table = ProductCoverage
    row = session.execute(
        core_select(
            func.count(),
            _sum(table.reviews),
            _sum(table.yes),
            _sum(table.no),
            _sum(table.depends),
            func.max(table.checked_at),
        )
    ).one()
    return Sums._make(row)


def rules(session: Session) -> list[RuleRow]:
    """Every broken rule, by its code. One statement."""
    code, severity = col(PageFault.code), func.max(col(PageFault.severity))
    rows = session.execute(core_select(code, severity, func.count()).group_by(code).order_by(code))
    return [RuleRow._make(row) for row in rows]


def days(session: Session, *, since: date) -> Sequence[CoverageDay]:
    """The days from then on, in order. One statement."""
    return session.exec(select(CoverageDay).where(CoverageDay.day >= since).order_by(col(CoverageDay.day))).all()


def keep_day(session: Session, day: CoverageDay) -> None:
    """Write a day's sums, over those of a run before. Two statements."""
    db.changed_rows(session, delete(CoverageDay).where(col(CoverageDay.day) == day.day))
    session.add(day)
    session.flush()


def history(session: Session, product_id: int, *, limit: int) -> Sequence[PageCheck]:
    """The finished checks of a product's pages, newest first. One statement."""
    statement = select(PageCheck).where(PageCheck.product_id == product_id, PageCheck.state == CheckState.DONE)
    return session.exec(statement.order_by(col(PageCheck.id).desc()).limit(limit)).all()


def due_pages(session: Session, *, not_since: datetime, limit: int) -> list[DuePage]:
    """Pages of products with published reviews that have changed since their newest check, or were not checked since.

    Those that were never checked come first. One statement.
    """
    listed = exists().where(
        col(ProductListing.product_id) == Product.id, col(ProductListing.storefront_id) == Storefront.id
    )
    alone = ~exists().where(col(ProductListing.product_id) == Product.id)
    published = exists().where(col(Review.product_id) == Product.id, col(Review.status) == ReviewStatus.PUBLISHED)
    newest = (
        select(
            col(PageCheck.product_id),
            col(PageCheck.storefront_id),
            func.max(PageCheck.asked_at).label("asked_at"),
            func.max(PageCheck.product_version).label("version"),
        )
        .group_by(col(PageCheck.product_id), col(PageCheck.storefront_id))
        .subquery()
    )
    same = and_(newest.c.product_id == Product.id, newest.c.storefront_id == Storefront.id)
    statement = (
        core_select(col(Product.id), col(Storefront.id))
        .select_from(Product)
        .join(Storefront, or_(listed, alone))
        .join(newest, same, isouter=True)
        .where(
            published,
            or_(newest.c.asked_at.is_(None), newest.c.asked_at < not_since, newest.c.version < Product.version),
        )
        .order_by(newest.c.asked_at.is_not(None), newest.c.asked_at, col(Product.id), col(Storefront.id))
        .limit(limit)
    )
    return [DuePage._make(row) for row in session.execute(statement)]


def names(session: Session, product_ids: Sequence[int]) -> Mapping[int, str]:
    """Products' names. One statement."""
    return dict(session.exec(select(Product.id, Product.name).where(col(Product.id).in_(product_ids))).all())
