"""Tables of reviews, their revisions, screen verdicts, decisions and rating counters. Photos have their own module."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    TextClause,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel

from core import db
from ugc.reasons import ReasonCode
from ugc.states import ReviewAct, ReviewStatus


class Verification(StrEnum):
    """What ties the author to the product. Only ORDER is a verified buyer; IMPORTED repeats another system's word."""

    NONE = "NONE"
    ORDER = "ORDER"
    IMPORTED = "IMPORTED"


class Origin(StrEnum):
    """Where a review was collected. ELSEWHERE is shown with its source and stays out of every aggregate."""

    OWN_SITE = "OWN_SITE"
    ELSEWHERE = "ELSEWHERE"


class Actor(StrEnum):
    """Who acted: an author, a member of staff, or the platform itself (screens, imports)."""

    AUTHOR = "AUTHOR"
    STAFF = "STAFF"
    SYSTEM = "SYSTEM"


class ScreenOutcome(StrEnum):
    """A screen's opinion. The first QUEUE or WITHHOLD in screen order is the status; NOTE only informs."""

    PASS = "PASS"  # noqa: S105 - an opinion, not a password
    NOTE = "NOTE"
    QUEUE = "QUEUE"
    WITHHOLD = "WITHHOLD"


# what the storefront reads: public, and not a sibling's copy
_SHOWN = text("status = 'PUBLISHED' AND counted")
_SHOWN_WITH_PHOTOS = text("status = 'PUBLISHED' AND counted AND photo_count > 0")
_WAITING = text("waiting_since IS NOT NULL")


def _partial(name: str, *columns: str, where: TextClause) -> Index:
    return Index(name, *columns, sqlite_where=where, postgresql_where=where)


class Review(SQLModel, table=True):
    """One person's review of one product; its words are ReviewRevisions.

    - `status` is PUBLISHED exactly while `public_revision_no` is set; otherwise it equals `latest_status`, the state of
      the newest revision, which is what a moderator decides on. An edit of a public review waits without unpublishing.
    - `rating`, `locale`, `incentivised` and `counted` follow the public revision, else the newest.
    - `decided`: a person has decided on the newest revision.
    - `counted` is false for a sibling copy (same author, same text in the family): kept, neither shown nor counted.
    - `author_key` names the author within screens and imports, also where no customer is known.
    - `dated` is false when an import knew no date; `published_at` is then the import's. It is the first publication.
    - `version` grows with every act on the review; `photo_count` counts published photos only.
    """

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("author_id", "product_id"),
        UniqueConstraint("source", "external_id"),
        CheckConstraint("rating BETWEEN 1 AND 5"),
        CheckConstraint("(status = 'PUBLISHED') = (public_revision_no IS NOT NULL)"),
        _partial("review_shown", "product_id", "published_at", "id", where=_SHOWN),
        _partial("review_shown_rating", "product_id", "rating", "published_at", "id", where=_SHOWN),
        _partial("review_shown_photos", "product_id", "published_at", "id", where=_SHOWN_WITH_PHOTOS),
        _partial("review_waiting", "waiting_since", "id", where=_WAITING),
        Index("review_author", "author_key"),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    product_id: int = Field(foreign_key="product.id", sa_type=BigInteger)
    author_id: int | None = Field(default=None, foreign_key="customer.id", sa_type=BigInteger)
    author_key: str | None = Field(default=None, max_length=120)
    storefront_id: int | None = Field(default=None, foreign_key="storefront.id", sa_type=BigInteger)
    status: ReviewStatus = Field(sa_type=db.closed_set(ReviewStatus))
    latest_status: ReviewStatus = Field(sa_type=db.closed_set(ReviewStatus))
    decided: bool = False
    version: int = 1
    latest_revision_no: int = 1
    public_revision_no: int | None = None
    rating: int
    locale: str = Field(max_length=35)
    verification: Verification = Field(default=Verification.NONE, sa_type=db.closed_set(Verification))
    incentivised: bool = False
    origin: Origin = Field(default=Origin.OWN_SITE, sa_type=db.closed_set(Origin))
    source: str | None = Field(default=None, max_length=60)
    external_id: str | None = Field(default=None, max_length=200)
    display_name: str | None = Field(default=None, max_length=60)
    photo_count: int = 0
    counted: bool = True
    dated: bool = True
    experienced_on: date | None = None
    submitted_at: datetime = Field(sa_type=db.Instant)
    published_at: datetime | None = Field(default=None, sa_type=db.Instant)
    waiting_since: datetime | None = Field(default=None, sa_type=db.Instant)


class ReviewRevision(SQLModel, table=True):
    """What the author wrote, once and for all; an edit is the next `no`. Only erasing a person blanks it.

    `body_hash` is that of the normalised body, by which repeated texts are found. `incentivised` tells whether anything
    was promised to the author at that submission; `licence` is the version of the terms granted with it.
    `sibling_copy`: the same author had said the same of a product of the family before.
    """

    __tablename__ = "review_revision"
    __table_args__ = (Index("review_revision_body", "body_hash"),)

    review_id: int = Field(primary_key=True, foreign_key="review.id", sa_type=BigInteger)
    no: int = Field(primary_key=True)
    rating: int
    title: str | None = Field(default=None, max_length=200)
    body: str
    locale: str = Field(max_length=35)
    body_hash: str = Field(max_length=64)
    incentivised: bool = False
    sibling_copy: bool = False
    licence: str = Field(max_length=40)
    created_at: datetime = Field(sa_type=db.Instant)


class ScreenVerdict(SQLModel, table=True):
    """What one screen, in one version, said of one revision, and the passages it means."""

    __tablename__ = "screen_verdict"
    __table_args__ = (
        UniqueConstraint("review_id", "revision_no", "screen"),
        ForeignKeyConstraint(["review_id", "revision_no"], ["review_revision.review_id", "review_revision.no"]),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    review_id: int = Field(sa_type=BigInteger)
    revision_no: int
    screen: str = Field(max_length=60)
    outcome: ScreenOutcome = Field(sa_type=db.closed_set(ScreenOutcome))
    code: str | None = Field(default=None, max_length=60)
    spans: list[dict[str, str | int]] = Field(default_factory=list, sa_type=JSON)
    version: str = Field(max_length=80)
    at: datetime = Field(sa_type=db.Instant)


class ModerationDecision(SQLModel, table=True):
    """One act on a review, by whomever; the log only grows and holds ids and codes, never text or names.

    `from_status` and `to_status` are of the revision; `public_before` and `decided_before` are what an undo restores;
    `version_before` is the version that was decided on. `undoes_id` names the decision that an UNDO takes back.
    """

    __tablename__ = "moderation_decision"
    __table_args__ = (UniqueConstraint("review_id", "version_before"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    review_id: int = Field(foreign_key="review.id", sa_type=BigInteger)
    revision_no: int
    actor: Actor = Field(sa_type=db.closed_set(Actor))
    staff_id: int | None = Field(default=None, sa_type=BigInteger)
    act: ReviewAct = Field(sa_type=db.closed_set(ReviewAct))
    reason: ReasonCode | None = Field(default=None, sa_type=db.closed_set(ReasonCode))
    from_status: ReviewStatus | None = Field(default=None, sa_type=db.closed_set(ReviewStatus))
    to_status: ReviewStatus = Field(sa_type=db.closed_set(ReviewStatus))
    public_before: int | None = None
    decided_before: bool = False
    version_before: int
    undoes_id: int | None = Field(default=None, sa_type=BigInteger)
    at: datetime = Field(sa_type=db.Instant, index=True)


class RatingCounter(SQLModel, table=True):
    """How many counted reviews of a product gave each number of stars, have a text, have a photo. Integers only."""

    __tablename__ = "rating_counter"

    product_id: int = Field(primary_key=True, foreign_key="product.id", sa_type=BigInteger)
    r1: int = 0
    r2: int = 0
    r3: int = 0
    r4: int = 0
    r5: int = 0
    n_text: int = 0
    n_photo: int = 0


class RatingDelta(SQLModel, table=True):
    """One move of a review's contribution to its product's counter: from the `_before` to the `_after` values.

    A rating of 0 means "not counted". The rows of a review chain: each `_before` is the previous `_after`, so the
    counter can be rebuilt, and the unique sequence makes a move happen once.
    """

    __tablename__ = "rating_delta"
    __table_args__ = (UniqueConstraint("review_id", "sequence"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    review_id: int = Field(foreign_key="review.id", sa_type=BigInteger)
    sequence: int
    revision_no: int
    product_id: int = Field(index=True, sa_type=BigInteger)
    rating_before: int
    rating_after: int
    text_before: int
    text_after: int
    photo_before: int
    photo_after: int
    at: datetime = Field(sa_type=db.Instant)


db.append_only(ModerationDecision.__table__)  # type: ignore[attr-defined]
db.append_only(RatingDelta.__table__)  # type: ignore[attr-defined]
