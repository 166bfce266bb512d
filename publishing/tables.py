"""Checks of product pages and what was found of each page last. Who may write which row is page_checks' business."""

from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from sqlalchemy import JSON, BigInteger, Column, Index
from sqlmodel import Field, SQLModel

from core import db, ids


class CheckState(StrEnum):
    """QUEUED -> RUNNING -> DONE or FAILED; a RUNNING one whose lease has run out is taken up again."""

    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    DONE = "DONE"
    FAILED = "FAILED"


class CheckFailure(StrEnum):
    """Why there was no page to judge: those of core.fetching, a product that is gone, or a fault of ours."""

    INVALID_URL = "INVALID_URL"
    UNKNOWN_HOST = "UNKNOWN_HOST"
    PRIVATE_ADDRESS = "PRIVATE_ADDRESS"
    CONNECTION_FAILED = "CONNECTION_FAILED"
    TIMEOUT = "TIMEOUT"
    TOO_LARGE = "TOO_LARGE"
    TOO_MANY_REDIRECTS = "TOO_MANY_REDIRECTS"
    REDIRECT_LOOP = "REDIRECT_LOOP"
    BROKEN_ANSWER = "BROKEN_ANSWER"
    UNREADABLE_ENCODING = "UNREADABLE_ENCODING"
    PRODUCT_GONE = "PRODUCT_GONE"
    CRASHED = "CRASHED"


def share_ppm(yes: int, reviews: int) -> int | None:
    """A share in millionths, rounded down; None of nothing."""
    return yes * 1_000_000 // reviews if reviews else None


class Counted:
    """Published reviews with a text by whether a search engine can take them from the page."""

    if TYPE_CHECKING:
        reviews: int
        yes: int
        no: int
        depends: int

    @property
    def share_ppm(self) -> int | None:
        """The surely indexable among them in millionths, rounded down; None when there are none."""
        return share_ppm(self.yes, self.reviews)


class PageCheck(Counted, SQLModel, table=True):
    """One check of one page. `asked_by` is the account that asked, None for the night's own.

    `lease` names who runs it, until `lease_until`. `is_rendered`: a browser drew the page, so that no class is a guess.
    `has_fallen`: fewer of the reviews can be indexed than at the check before, beyond what is let pass.
    """

    type_name: ClassVar[str] = "PageCheck"
    __tablename__ = "page_check"
    __table_args__ = (
        Index("page_check_of_product", "product_id", "id"),
        Index(
            "page_check_open",
            "id",
            sqlite_where=Column("state").in_(("QUEUED", "RUNNING")),
            postgresql_where=Column("state").in_(("QUEUED", "RUNNING")),
        ),
        Index("page_check_fallen", "id", sqlite_where=Column("has_fallen"), postgresql_where=Column("has_fallen")),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    url: str
    product_id: int = Field(foreign_key="product.id", sa_type=BigInteger)
    storefront_id: int = Field(foreign_key="storefront.id", sa_type=BigInteger)
    product_version: int
    state: CheckState = Field(sa_type=db.closed_set(CheckState))
    asked_by: int | None = Field(default=None, sa_type=BigInteger)
    asked_at: datetime = Field(sa_type=db.Instant)
    started_at: datetime | None = Field(default=None, sa_type=db.Instant)
    finished_at: datetime | None = Field(default=None, sa_type=db.Instant)
    lease: int | None = Field(default=None, sa_type=BigInteger)
    lease_until: datetime | None = Field(default=None, sa_type=db.Instant)
    attempts: int = 0
    failure: CheckFailure | None = Field(default=None, sa_type=db.closed_set(CheckFailure))
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    reviews: int = 0
    yes: int = 0
    no: int = 0
    depends: int = 0
    is_rendered: bool = False
    has_fallen: bool = False

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public(self.type_name, self.id)


class PageCheckReport(SQLModel, table=True):
    """The whole report of a check, as seo.crawl.kept writes it: codes and evidence, no sentence of ours."""

    __tablename__ = "page_check_report"

    check_id: int = Field(primary_key=True, foreign_key="page_check.id", sa_type=BigInteger)
    report: str


class ProductCoverage(Counted, SQLModel, table=True):
    """The newest check of a product's page on one storefront that came to an answer. `share` is in millionths.

    A page with no review to look for has a share of all: it misses nothing.
    """

    __tablename__ = "product_coverage"
    __table_args__ = (Index("product_coverage_worst", "share", "product_id", "storefront_id"),)

    product_id: int = Field(primary_key=True, foreign_key="product.id", sa_type=BigInteger)
    storefront_id: int = Field(primary_key=True, foreign_key="storefront.id", sa_type=BigInteger)
    check_id: int = Field(foreign_key="page_check.id", sa_type=BigInteger)
    share: int
    reviews: int
    yes: int
    no: int
    depends: int
    classes: dict[str, int] = Field(default_factory=dict, sa_type=JSON)
    checked_at: datetime = Field(sa_type=db.Instant)


class PageFault(SQLModel, table=True):
    """That the newest check of this page found a rule broken."""

    __tablename__ = "page_fault"
    __table_args__ = (Index("page_fault_of_rule", "code", "product_id", "storefront_id"),)

    product_id: int = Field(primary_key=True, foreign_key="product.id", sa_type=BigInteger)
    storefront_id: int = Field(primary_key=True, foreign_key="storefront.id", sa_type=BigInteger)
    code: str = Field(primary_key=True, max_length=20)
    severity: str = Field(max_length=10)


class CoverageDay(Counted, SQLModel, table=True):
    """What the newest checks of all pages added up to at the end of a day, in UTC."""

    __tablename__ = "coverage_day"

    day: date = Field(primary_key=True)
    pages: int
    reviews: int
    yes: int
    no: int
    depends: int
