"""Tables of imports: the batches, and what a source's row told beyond the review itself."""

from datetime import datetime

from sqlalchemy import JSON, BigInteger, Index
from sqlmodel import Field, SQLModel

from core import db


class ImportBatch(SQLModel, table=True):
    """The rows of one source that are confirmed together. Until `confirmed_at`, nothing of it is shown or counted.

    A source has one open batch at most in practice: an interrupted run and its repetition fill the same one.
    """

    __tablename__ = "import_batch"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    source: str = Field(index=True, max_length=60)
    file_name: str
    started_at: datetime = Field(sa_type=db.Instant)
    confirmed_at: datetime | None = Field(default=None, sa_type=db.Instant)


class ImportRow(SQLModel, table=True):
    """What the row of an imported review told beside it: its line, the variant bought, votes, and photos elsewhere."""

    __tablename__ = "import_row"
    __table_args__ = (Index("import_row_of_batch", "batch_id", "review_id"),)

    review_id: int = Field(primary_key=True, foreign_key="review.id", sa_type=BigInteger)
    batch_id: int = Field(foreign_key="import_batch.id", sa_type=BigInteger)
    line: int
    variant: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    helpful_votes: int = 0
    has_photos: bool = False
    photo_urls: list[str] = Field(default_factory=list, sa_type=JSON)
