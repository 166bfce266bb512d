"""Photos that rows name: fetched through an upload's gates, once, and never public without a decision."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from sqlmodel import Session, select

from core.db import Database
from core.storage import DiskStorage
from tests.conftest import FrozenClock
from tests.make import imports as make
from tests.make import photos as make_photos
from tests.make.shop import accepted
from ugc import photos, uploads
from ugc.imports import importing, pictures, publication
from ugc.imports.pictures import PictureJob
from ugc.queries import imports as queries
from ugc.tables.imports import ImportRow
from ugc.tables.photos import Photo, PhotoStatus, UploadState

FILES = {"/good.jpg": make_photos.jpeg_with_gps(), "/bad.svg": make_photos.SVG}


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        content = FILES.get(self.path)
        self.send_response(200 if content else 404)
        self.send_header("Content-Length", str(len(content or b"")))
        self.end_headers()
        self.wfile.write(content or b"")

    def log_message(self, format: str, *args: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The host and port of a server of FILES."""
    running = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = Thread(target=running.serve_forever)
    thread.start()
    yield f"127.0.0.1:{running.server_port}"
    running.shutdown()
    thread.join()
    running.server_close()


@pytest.fixture(autouse=True)
def _today(frozen_clock: FrozenClock) -> None:
    """Rows of 2025 lie in the past."""


def silent(_rows: int) -> None:
    """A progress bar that nobody watches."""


def imported(database: Database, folder: Path, server: str, *names: str) -> None:
    """A published review whose row names these files. Exports name https; the test's server speaks plain http."""
    job = make.job(make.jsonl(folder, [make.row(1, photos=[f"https://{server}/{name}" for name in names])]))
    accepted(importing.run(database, job, importing.survey(job), progress=silent))
    publication.confirm(database, "import:old-shop", progress=silent)

    def plain(session: Session) -> None:
        row = session.exec(select(ImportRow)).one()
        row.photo_urls = [url.replace("https:", "http:") for url in row.photo_urls]
        session.add(row)

    database.writing(plain)


def fetch(database: Database, folder: Path, server: str, *, private: bool = True) -> dict[str, int]:
    job = PictureJob("import:old-shop", DiskStorage(folder / "media"), frozenset({server}) if private else False)
    return dict(pictures.fetch_all(database, job, progress=silent))


def stored(database: Database) -> list[Photo]:
    with database.reading() as session:
        return list(session.exec(select(Photo).order_by(Photo.id)).all())  # type: ignore[arg-type]


def test_named_photos_are_fetched_once_and_wait(database: Database, tmp_path: Path, server: str) -> None:
    imported(database, tmp_path, server, "good.jpg", "bad.svg", "none.jpg")

    assert fetch(database, tmp_path, server) == {"READY": 1, "FORMAT_NOT_SUPPORTED": 1, "HTTP_404": 1}

    good, bad = stored(database)
    assert (good.state, good.status, good.position) == (UploadState.READY, PhotoStatus.PENDING, 0)
    assert (bad.state, bad.refusal_code) == (UploadState.REFUSED, "FORMAT_NOT_SUPPORTED")
    assert fetch(database, tmp_path, server) == {"HTTP_404": 1}
    with database.reading() as session:
        assert [row.id for row in photos.waiting_page(session, first=5).items] == [good.id]
        assert photos.by_review(session, [good.review_id or 0]) == {good.review_id: []}


def test_private_addresses_are_not_asked(database: Database, tmp_path: Path, server: str) -> None:
    imported(database, tmp_path, server, "good.jpg")

    assert fetch(database, tmp_path, server, private=False) == {"PRIVATE_ADDRESS": 1}
    assert stored(database) == []


def test_a_fetch_that_was_cut_off_is_done_again_and_what_it_left_is_swept(
    database: Database, tmp_path: Path, server: str, frozen_clock: FrozenClock
) -> None:
    imported(database, tmp_path, server, "good.jpg")

    def begin(session: Session) -> None:
        (row,) = queries.rows_with_photos(session, "import:old-shop", after=0, limit=5)
        pictures._begin(session, row.review_id, 0, row.photo_urls[0])

    database.writing(begin)

    assert fetch(database, tmp_path, server) == {"READY": 1}

    assert [photo.state for photo in stored(database)] == [UploadState.ORPHAN, UploadState.READY]
    frozen_clock.advance(days=2)
    assert uploads.sweep(database, DiskStorage(tmp_path / "media")) == 0
    assert stored(database)[1].state is UploadState.READY
