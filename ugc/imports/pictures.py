"""Fetch the photos that imported rows name, through the same gates as an upload. They wait for a decision like any."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sqlmodel import Session

from core import clock, fetching, ids
from core.addresses import PrivateHosts
from core.db import Database
from core.fetching import Fetched, FetchPolicy
from core.refusal import Refusal
from core.storage import Storage
from ugc import uploads
from ugc.queries import imports as queries
from ugc.queries.imports import RowWithPhotos
from ugc.tables.photos import Photo, UploadState

_BATCH = 100
_TIMEOUT_SECONDS = 15
# what the source's terms allow is between the merchant and the source
_LICENCE = "import"

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class PictureJob:
    """The source whose rows to follow, where files are kept, and which private addresses may be asked."""

    source: str
    storage: Storage
    allow_private: PrivateHosts = False

    @property
    def policy(self) -> FetchPolicy:
        """The caps of a fetch."""
        return FetchPolicy(
            max_bytes=uploads.MAX_UPLOAD_BYTES,
            timeout_seconds=_TIMEOUT_SECONDS,
            allow_private=self.allow_private,
            accept="image/*",
        )


def fetch_all(database: Database, job: PictureJob, *, progress: Progress) -> Counter[str]:
    """Fetch what is not here yet; how many are READY, and how many failed by code.

    Asked again, it tries what could not be fetched, and leaves alone what is here or was refused as a picture.
    """
    outcomes: Counter[str] = Counter()
    for row in _rows(database, job.source):
        for position, url in enumerate(row.photo_urls):
            outcome = _fetch_one(database, job, row, position, url)
            if outcome is not None:
                outcomes[outcome] += 1
            progress(1)
    return outcomes


def _rows(database: Database, source: str) -> Iterator[RowWithPhotos]:
    after = 0
    while True:
        with database.reading() as session:
            rows = queries.rows_with_photos(session, source, after=after, limit=_BATCH)
        if not rows:
            return
        yield from rows
        after = rows[-1].review_id


def _fetch_one(database: Database, job: PictureJob, row: RowWithPhotos, position: int, url: str) -> str | None:
    with database.reading() as session:
        known = queries.photo_of_address(session, row.review_id, url)
    if known is not None and known.state is not UploadState.RECEIVED:
        return None
    answer = fetching.fetch(url, policy=job.policy)
    if not isinstance(answer, Fetched):
        return answer.kind.name
    if answer.status != 200:
        return f"HTTP_{answer.status}"
    photo_id = database.writing(lambda session: _begin(session, row.review_id, position, url))
    outcome = uploads.develop(database, job.storage, photo_id, answer.body)
    return outcome.code.value if isinstance(outcome, Refusal) else UploadState.READY.value


def _begin(session: Session, review_id: int, position: int, url: str) -> int:
    known = queries.photo_of_address(session, review_id, url)
    if known is not None:
        # an earlier run was cut off between its steps: the sweep takes what it left
        known.review_id, known.state = None, UploadState.ORPHAN
        session.add(known)
    photo = Photo(
        id=ids.new_id(),
        review_id=review_id,
        position=position,
        state=UploadState.RECEIVED,
        declared_bytes=uploads.MAX_UPLOAD_BYTES,
        licence=_LICENCE,
        source_url=url,
        created_at=clock.now(),
        expires_at=clock.now() + uploads.UPLOAD_TIME,
        received_at=clock.now(),
    )
    session.add(photo)
    session.flush()
    return photo.id
