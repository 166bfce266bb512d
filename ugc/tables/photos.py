"""Tables of photos, their renditions and the decisions about them. Their files are core.storage's, by digest."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from core import db
from ugc.reasons import ReasonCode


class UploadState(StrEnum):
    """How far an upload has come; only READY can be attached to a review.

    REQUESTED -> RECEIVED when the whole file is there, once; then READY or REFUSED. What nobody attached within a day
    becomes ORPHAN and loses its files.
    """

    REQUESTED = "REQUESTED"
    RECEIVED = "RECEIVED"
    READY = "READY"
    REFUSED = "REFUSED"
    ORPHAN = "ORPHAN"


class PhotoStatus(StrEnum):
    """What moderators decided about a photo, apart from its review's text. Only APPROVED is ever public."""

    PENDING = "PENDING"
    APPROVED = "APPROVED"
    REJECTED = "REJECTED"


_WAITING = text("status = 'PENDING' AND state = 'READY' AND review_id IS NOT NULL")


class Photo(SQLModel, table=True):
    """One picture from its requested upload on.

    - `customer_id` is empty for imports. `declared_bytes` caps the upload; `sha256` is that of the file as sent, which
      is itself not kept. `width` and `height` are of the picture as sent, set upright.
    - `licence` is the version of the terms granted with the upload; `people_agree`: the people shown agree.
    - `version` grows with every decision.
    """

    __tablename__ = "photo"
    __table_args__ = (
        Index("photo_of_review", "review_id", "position"),
        Index("photo_of_customer", "customer_id", "created_at"),
        Index("photo_upload", "state", "created_at"),
        Index("photo_waiting", "id", sqlite_where=_WAITING, postgresql_where=_WAITING),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    customer_id: int | None = Field(default=None, foreign_key="customer.id", sa_type=BigInteger)
    review_id: int | None = Field(default=None, foreign_key="review.id", sa_type=BigInteger)
    position: int = 0
    state: UploadState = Field(default=UploadState.REQUESTED, sa_type=db.closed_set(UploadState))
    refusal_code: str | None = Field(default=None, max_length=40)
    declared_bytes: int
    sha256: str | None = Field(default=None, max_length=64, index=True)
    width: int | None = None
    height: int | None = None
    status: PhotoStatus = Field(default=PhotoStatus.PENDING, sa_type=db.closed_set(PhotoStatus))
    version: int = 1
    licence: str = Field(max_length=40)
    people_agree: bool = False
    source_url: str | None = None
    created_at: datetime = Field(sa_type=db.Instant)
    expires_at: datetime = Field(sa_type=db.Instant)
    received_at: datetime | None = Field(default=None, sa_type=db.Instant)


class StoredFile(SQLModel, table=True):
    """A blob that photos need, and how many renditions do. Equal renditions share one, which goes with the last."""

    __tablename__ = "photo_stored_file"

    digest: str = Field(primary_key=True, max_length=64)
    holders: int


class PhotoRendition(SQLModel, table=True):
    """One file of a photo, within a square of `size`. Written before its blob, removed with it: none is forgotten."""

    __tablename__ = "photo_rendition"

    photo_id: int = Field(primary_key=True, foreign_key="photo.id", sa_type=BigInteger)
    size: int = Field(primary_key=True)
    digest: str = Field(foreign_key="photo_stored_file.digest", index=True, max_length=64)
    width: int
    height: int
    bytes: int


class PhotoDecision(SQLModel, table=True):
    """One decision about one photo; the log only grows and holds ids and codes alone."""

    __tablename__ = "photo_decision"
    __table_args__ = (UniqueConstraint("photo_id", "version_before"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    photo_id: int = Field(foreign_key="photo.id", sa_type=BigInteger)
    staff_id: int = Field(sa_type=BigInteger)
    from_status: PhotoStatus = Field(sa_type=db.closed_set(PhotoStatus))
    to_status: PhotoStatus = Field(sa_type=db.closed_set(PhotoStatus))
    reason: ReasonCode | None = Field(default=None, sa_type=db.closed_set(ReasonCode))
    version_before: int
    at: datetime = Field(sa_type=db.Instant, index=True)


db.append_only(PhotoDecision.__table__)  # type: ignore[attr-defined]
