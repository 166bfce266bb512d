"""Uploads of photos: a one-time address, the bytes, the sweep of what nobody used. Decoding is ugc.imaging's."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from core import clock, ids
from core.db import Database
from core.refusal import Refusal
from core.signatures import TokenFlaw, sign, verify
from core.storage import Storage, digest_of
from ugc import imaging, waiting
from ugc.imaging import Picture
from ugc.photo_refusals import PhotoRefusal
from ugc.queries import photos as queries
from ugc.tables.photos import Photo, PhotoRendition, UploadState

MAX_UPLOAD_BYTES = 12 << 20
MAX_UPLOADS_A_DAY = 60
UPLOAD_TIME = timedelta(minutes=10)
UNATTACHED_TIME = timedelta(hours=24)
# the version of the terms under which the merchant may show a photo
LICENCE = "photo-1"

_PURPOSE = "upload"
_SWEEP = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadDraft:
    """A customer's wish to send one file of at most `declared_bytes`, and what they agree to with it."""

    customer_id: int
    declared_bytes: int
    licence_granted: bool
    people_agree: bool

    def refusal(self) -> Refusal | None:
        """The first condition that is not met."""
        if not self.licence_granted:
            return Refusal(PhotoRefusal.LICENCE_REQUIRED, ("licenceGranted",))
        if not self.people_agree:
            return Refusal(PhotoRefusal.PEOPLE_MUST_AGREE, ("peopleAgree",))
        if self.declared_bytes < 1:
            return Refusal(PhotoRefusal.FILE_EMPTY, ("bytes",))
        return too_large("bytes") if self.declared_bytes > MAX_UPLOAD_BYTES else None


@dataclass(frozen=True, slots=True)
class UploadPass:
    """What a valid token allows: bytes for this photo, up to a cap."""

    photo_id: int
    max_bytes: int


def create_upload(session: Session, draft: UploadDraft) -> int | Refusal:
    """Open an upload for ten minutes; returns the photo's id. Its address is made from `upload_token`."""
    refused = draft.refusal() or _too_many_uploads(session, draft.customer_id)
    if refused is not None:
        return refused
    photo = Photo(
        id=ids.new_id(),
        customer_id=draft.customer_id,
        declared_bytes=draft.declared_bytes,
        licence=LICENCE,
        people_agree=True,
        created_at=clock.now(),
        expires_at=clock.now() + UPLOAD_TIME,
    )
    session.add(photo)
    session.flush()
    return photo.id


def opened(session: Session, photo_id: int) -> Photo:
    """The photo of an upload that is known to exist. At most one statement."""
    return session.get_one(Photo, photo_id)


def upload_token(secret: bytes, photo: Photo) -> str:
    """What the upload's address carries: made from the row, so that it is stored nowhere."""
    return sign(secret, _PURPOSE, [photo.id, photo.declared_bytes], expires_at=photo.expires_at)


def read_token(secret: bytes, token: str) -> UploadPass | Refusal:
    """What the token allows; UPLOAD_EXPIRED or UPLOAD_NOT_FOUND. Whether it was used already, `receive` says."""
    fields = verify(secret, _PURPOSE, token)
    if fields is TokenFlaw.EXPIRED:
        return Refusal(PhotoRefusal.UPLOAD_EXPIRED)
    if fields is TokenFlaw.FORGED:
        return Refusal(PhotoRefusal.UPLOAD_NOT_FOUND)
    photo_id, max_bytes = fields
    return UploadPass(int(photo_id), int(max_bytes))


def receive(database: Database, storage: Storage, upload: UploadPass, content: bytes) -> int | Refusal:
    """Take the whole file in, once; returns the photo's id, READY to be attached.

    Several short transactions, since decoding and the storage lie outside the database: the upload is claimed, its
    renditions are written down, then kept, then the photo is ready. A crash between leaves an upload that is swept.
    Refuses a file over the cap, one that `imaging.develop` refuses (for good), and a second file.
    """
    if len(content) > upload.max_bytes:
        return too_large()
    claimed = database.writing(lambda session: _claim(session, upload.photo_id, content))
    if isinstance(claimed, Refusal):
        return claimed
    return develop(database, storage, upload.photo_id, content)


def develop(database: Database, storage: Storage, photo_id: int, content: bytes) -> int | Refusal:
    """Make the renditions of a photo that is RECEIVED and keep them; READY afterwards, or REFUSED with its reason."""
    picture = imaging.develop(content)
    if isinstance(picture, Refusal):
        database.writing(lambda session: _refuse(session, photo_id, picture))
        return picture
    database.writing(lambda session: _describe(session, photo_id, picture))
    for rendition in picture.renditions:
        storage.put(rendition.content)
    return database.writing(lambda session: _make_ready(session, photo_id))


def sweep(database: Database, storage: Storage) -> int:
    """Orphan what nobody attached within a day, and remove its files; returns how many uploads became orphans."""
    swept = 0
    while batch := database.writing(_orphan_some):
        swept += len(batch)
    while left := _remaining(database):
        for photo_id in left:
            _remove_files(database, storage, photo_id)
    return swept


def too_large(*field: str) -> Refusal:
    """The refusal of a file over the cap."""
    return Refusal(PhotoRefusal.FILE_TOO_LARGE, field, {"megabytes": MAX_UPLOAD_BYTES >> 20})


def _too_many_uploads(session: Session, customer_id: int) -> Refusal | None:
    asked = queries.uploads_since(session, customer_id, clock.now() - timedelta(days=1))
    return Refusal(PhotoRefusal.TOO_MANY_UPLOADS) if asked >= MAX_UPLOADS_A_DAY else None


def _claim(session: Session, photo_id: int, content: bytes) -> int | Refusal:
    values = {"state": UploadState.RECEIVED, "received_at": clock.now(), "sha256": digest_of(content)}
    if queries.advance(session, photo_id, before=UploadState.REQUESTED, values=values):
        return photo_id
    known = queries.photo(session, photo_id) is not None
    return Refusal(PhotoRefusal.UPLOAD_ALREADY_USED if known else PhotoRefusal.UPLOAD_NOT_FOUND)


def _refuse(session: Session, photo_id: int, why: Refusal) -> None:
    values = {"state": UploadState.REFUSED, "refusal_code": why.code.value}
    queries.advance(session, photo_id, before=UploadState.RECEIVED, values=values)


def _describe(session: Session, photo_id: int, picture: Picture) -> None:
    size = {"width": picture.width, "height": picture.height}
    queries.advance(session, photo_id, before=UploadState.RECEIVED, values=size)
    # in one order everywhere: two photos with the same files must not wait for each other
    for rendition in sorted(picture.renditions, key=lambda each: digest_of(each.content)):
        digest = digest_of(rendition.content)
        queries.hold_file(session, digest)
        session.add(
            PhotoRendition(
                photo_id=photo_id,
                size=rendition.size,
                digest=digest,
                width=rendition.width,
                height=rendition.height,
                bytes=len(rendition.content),
            )
        )


def _make_ready(session: Session, photo_id: int) -> int | Refusal:
    ready = queries.advance(session, photo_id, before=UploadState.RECEIVED, values={"state": UploadState.READY})
    if not ready:
        return Refusal(PhotoRefusal.UPLOAD_EXPIRED)
    photo = queries.photo(session, photo_id)
    review = queries.review_of(session, photo.review_id) if photo is not None else None
    if review is not None:
        # an import's photo belongs to its review before its file is there
        waiting.photo_entered(session, photo_id, review)
    return photo_id


def _orphan_some(session: Session) -> list[int]:
    found = queries.unattached(session, before=clock.now() - UNATTACHED_TIME, limit=_SWEEP)
    return [photo_id for photo_id in found if queries.orphan(session, photo_id)]


def _remaining(database: Database) -> list[int]:
    with database.reading() as session:
        return queries.orphans_with_files(session, limit=_SWEEP)


def _remove_files(database: Database, storage: Storage, photo_id: int) -> None:
    def step(session: Session) -> None:
        # inside the transaction, whose lock keeps away a new photo with the same files; deleting twice does no harm
        for digest in queries.release_files(session, photo_id):
            storage.delete(digest)

    database.writing(step)
