"""Uploads: the one-time address, the bytes, and what becomes of files that nobody uses."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session

from core import clock
from core.db import Database
from core.refusal import Refusal
from core.storage import DiskStorage
from tests.conftest import FrozenClock
from tests.make import photos as make
from tests.make import shop as make_shop
from tests.make import ugc as make_ugc
from tests.make.shop import accepted
from ugc import photos, uploads
from ugc.photo_refusals import PhotoRefusal
from ugc.queries import photos as queries
from ugc.tables.photos import Photo, UploadState
from ugc.uploads import UploadDraft, UploadPass

SECRET = b"a secret of the tests"


@pytest.fixture
def storage(tmp_path: Path) -> DiskStorage:
    return DiskStorage(tmp_path / "media")


def files(storage: DiskStorage) -> int:
    return sum(path.is_file() for path in storage.root.rglob("*"))


def draft(customer_id: int, declared_bytes: int = 1_000_000) -> UploadDraft:
    return UploadDraft(customer_id=customer_id, declared_bytes=declared_bytes, licence_granted=True, people_agree=True)


def stored(database: Database, photo_id: int) -> Photo:
    with database.reading() as session:
        photo = queries.photo(session, photo_id)
        assert photo is not None
        return photo


def requested(database: Database) -> UploadPass:
    photo_id = database.writing(lambda session: uploads.create_upload(session, draft(make_shop.customer(session))))
    return UploadPass(accepted(photo_id), max_bytes=1_000_000)


def received(database: Database, storage: DiskStorage, content: bytes) -> int:
    return accepted(uploads.receive(database, storage, requested(database), content))


def test_an_upload_records_what_was_agreed_and_lasts_ten_minutes(session: Session, frozen_clock: FrozenClock) -> None:
    photo_id = accepted(uploads.create_upload(session, draft(make_shop.customer(session))))

    photo = session.get_one(Photo, photo_id)
    assert (photo.state, photo.licence, photo.people_agree) == (UploadState.REQUESTED, "photo-1", True)
    token = uploads.upload_token(SECRET, photo)
    assert uploads.read_token(SECRET, token) == UploadPass(photo_id, 1_000_000)

    frozen_clock.advance(minutes=10)
    assert uploads.read_token(SECRET, token) == Refusal(PhotoRefusal.UPLOAD_EXPIRED)
    assert uploads.read_token(b"another", token) == Refusal(PhotoRefusal.UPLOAD_NOT_FOUND)


@pytest.mark.parametrize(
    "change, code",
    [
        ({"licence_granted": False}, PhotoRefusal.LICENCE_REQUIRED),
        ({"people_agree": False}, PhotoRefusal.PEOPLE_MUST_AGREE),
        ({"declared_bytes": 0}, PhotoRefusal.FILE_EMPTY),
        ({"declared_bytes": 12 * 1024 * 1024 + 1}, PhotoRefusal.FILE_TOO_LARGE),
    ],
)
def test_an_upload_has_its_conditions(
    session: Session,
    change: Any,  # noqa: ANN401 - one field of the draft, of its own type
    code: PhotoRefusal,
) -> None:
    customer_id = make_shop.customer(session)

    outcome = uploads.create_upload(session, replace(draft(customer_id), **change))

    assert isinstance(outcome, Refusal)
    assert outcome.code is code
    assert queries.uploads_since(session, customer_id, clock.now() - timedelta(days=1)) == 0


def test_uploads_are_counted_a_day(session: Session, frozen_clock: FrozenClock) -> None:
    customer_id = make_shop.customer(session)
    for _ in range(uploads.MAX_UPLOADS_A_DAY):
        accepted(uploads.create_upload(session, draft(customer_id)))

    assert uploads.create_upload(session, draft(customer_id)) == Refusal(PhotoRefusal.TOO_MANY_UPLOADS)

    frozen_clock.advance(days=1, seconds=1)
    accepted(uploads.create_upload(session, draft(customer_id)))


def test_a_received_file_becomes_three_renditions_and_is_itself_not_kept(
    database: Database, storage: DiskStorage
) -> None:
    photo_id = received(database, storage, make.jpeg(1000, 500))

    photo = stored(database, photo_id)
    assert (photo.state, photo.width, photo.height) == (UploadState.READY, 1000, 500)
    # the 1000 pixels of the original serve for 1600 too, but 800 and 320 are files of their own
    assert files(storage) == 3


def test_a_small_picture_needs_one_file(database: Database, storage: DiskStorage) -> None:
    received(database, storage, make.jpeg(100, 50))

    assert files(storage) == 1


def test_an_upload_is_taken_once(database: Database, storage: DiskStorage) -> None:
    upload = requested(database)
    accepted(uploads.receive(database, storage, upload, make.jpeg()))

    again = uploads.receive(database, storage, upload, make.jpeg(300, 300))

    assert again == Refusal(PhotoRefusal.UPLOAD_ALREADY_USED)
    assert stored(database, upload.photo_id).width == 640


def test_a_file_over_the_cap_is_refused_and_may_be_tried_again(database: Database, storage: DiskStorage) -> None:
    upload = replace(requested(database), max_bytes=100)

    outcome = uploads.receive(database, storage, upload, make.jpeg())

    assert outcome == Refusal(PhotoRefusal.FILE_TOO_LARGE, (), {"megabytes": 12})
    assert stored(database, upload.photo_id).state is UploadState.REQUESTED
    assert files(storage) == 0


def test_a_refused_file_is_refused_for_good_with_its_reason(database: Database, storage: DiskStorage) -> None:
    upload = requested(database)

    assert uploads.receive(database, storage, upload, make.SVG) == Refusal(PhotoRefusal.FORMAT_NOT_SUPPORTED)

    photo = stored(database, upload.photo_id)
    assert (photo.state, photo.refusal_code) == (UploadState.REFUSED, "FORMAT_NOT_SUPPORTED")
    assert files(storage) == 0
    again = uploads.receive(database, storage, upload, make.jpeg())
    assert again == Refusal(PhotoRefusal.UPLOAD_ALREADY_USED)


def test_what_nobody_attached_within_a_day_is_swept(
    database: Database, storage: DiskStorage, frozen_clock: FrozenClock
) -> None:
    forgotten = received(database, storage, make.jpeg(1000, 500))
    frozen_clock.advance(hours=24)
    assert uploads.sweep(database, storage) == 0

    frozen_clock.advance(seconds=1)
    fresh = requested(database).photo_id

    assert uploads.sweep(database, storage) == 1
    assert stored(database, forgotten).state is UploadState.ORPHAN
    assert stored(database, fresh).state is UploadState.REQUESTED
    assert files(storage) == 0
    assert uploads.sweep(database, storage) == 0


def test_an_attached_photo_is_never_swept(database: Database, storage: DiskStorage, frozen_clock: FrozenClock) -> None:
    photo_id = received(database, storage, make.jpeg())
    author_id = stored(database, photo_id).customer_id
    assert author_id is not None

    def attach(session: Session) -> None:
        review_id = make_ugc.review(session, author_id=author_id)
        assert photos.attach(session, review_id, [photo_id], customer_id=author_id) is None

    database.writing(attach)
    frozen_clock.advance(days=30)

    assert uploads.sweep(database, storage) == 0
    assert files(storage) > 0


def test_files_that_another_photo_needs_outlive_the_sweep(
    database: Database, storage: DiskStorage, frozen_clock: FrozenClock
) -> None:
    received(database, storage, make.jpeg(1000, 500))
    frozen_clock.advance(hours=23)
    received(database, storage, make.jpeg(1000, 500))
    assert files(storage) == 3
    frozen_clock.advance(hours=2)

    assert uploads.sweep(database, storage) == 1
    assert files(storage) == 3

    frozen_clock.advance(hours=24)
    assert uploads.sweep(database, storage) == 1
    assert files(storage) == 0
