"""Sends the customers' snapshots through the real upload, minutes before the reviews that they belong to."""

from collections.abc import Callable
from datetime import timedelta

from cli.demo import seed
from cli.demo.catalogue import Catalogue
from cli.demo.outcome import done
from cli.demo.records import Opinion
from core import clock, storage
from core.db import Database
from ugc import uploads
from ugc.uploads import UploadDraft, UploadPass

_BEFORE = timedelta(minutes=3)


def upload(
    database: Database,
    catalogue: Catalogue,
    opinions: list[Opinion],
    zones: dict[str, str],
    *,
    passed: Callable[[], None],
) -> dict[str, int]:
    """Ids of the ready photos by file name; `passed` is called after each. Never attached, they are swept."""
    ready: dict[str, int] = {}
    for opinion in opinions:
        for name in opinion.photos:
            with clock.at(opinion.versions[0].instant(zones[opinion.storefront]) - _BEFORE):
                ready[name] = _send(database, catalogue.customers[opinion.customer], seed.photo(name))
            passed()
    return ready


def _send(database: Database, customer_id: int, content: bytes) -> int:
    draft = UploadDraft(customer_id=customer_id, declared_bytes=len(content), licence_granted=True, people_agree=True)
    photo_id = done(database.writing(lambda session: uploads.create_upload(session, draft)))
    return done(uploads.receive(database, storage.media(), UploadPass(photo_id, len(content)), content))
