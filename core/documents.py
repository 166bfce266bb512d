"""GraphQL documents that the operator has registered: their table. Finding them for a request is api.documents'."""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Field, Session, SQLModel, col, select

from core import clock, db
from core.refusal import Refusal, RefusalCode

MAX_ID = 200
_ID = re.compile(r"[A-Za-z0-9._:-]{1,200}")
# what clients' build tools name a document by, told apart by its length
_DIGESTS = {32: "md5", 40: "sha1", 64: "sha256"}


class DocumentRefusal(RefusalCode):
    """Why a document cannot be registered."""

    INVALID_ID = "INVALID_ID"
    WRONG_HASH = "WRONG_HASH"
    ID_TAKEN = "ID_TAKEN"


class PersistedDocument(SQLModel, table=True):
    """A document under one of its names: its SHA-256 always, and the client's own id where that is another."""

    __tablename__ = "persisted_document"

    id: str = Field(primary_key=True, max_length=MAX_ID)
    sha256: str = Field(index=True, max_length=64)
    text: str
    created_at: datetime = Field(sa_type=db.Instant)


@dataclass(frozen=True, slots=True)
class Registration:
    """A document's text, and the id that its client sends for it, when that is not its SHA-256."""

    text: str
    id: str | None = None


def digest(text: str) -> str:
    """The SHA-256 of the text in UTF-8, as 64 hexadecimal digits: the name that every client may use."""
    return hashlib.sha256(text.encode()).hexdigest()


def register(session: Session, registration: Registration) -> str | Refusal:
    """Keep the document for good, under its SHA-256 and under its client's id; returns the SHA-256.

    Refuses an id that is a digest of another text (32, 40 or 64 hexadecimal digits are an MD5, SHA-1 or SHA-256), and
    one that another document has. Registering the same again changes nothing.
    """
    own, given = digest(registration.text), registration.id
    refused = None if given is None else _wrong(session, given, registration.text)
    if refused is not None:
        return refused
    for name in dict.fromkeys([own, given or own]):
        row = {"id": name, "sha256": own, "text": registration.text, "created_at": clock.now()}
        db.insert_once(session, PersistedDocument, row)
    return own


def text_of(session: Session, document_id: str) -> str | None:
    """The text that is registered under this id. One statement; none for what can be no id."""
    if not _ID.fullmatch(document_id):
        return None
    return session.exec(select(PersistedDocument.text).where(PersistedDocument.id == document_id)).first()


def registered(session: Session) -> list[PersistedDocument]:
    """Every registered name, a document's together, oldest document first. One statement."""
    order = (col(PersistedDocument.created_at), col(PersistedDocument.sha256), col(PersistedDocument.id))
    return list(session.exec(select(PersistedDocument).order_by(*order)))


def forget(session: Session, document_id: str) -> int:
    """Forget the document of this id under all its names; returns how many it had. Two statements."""
    found = session.get(PersistedDocument, document_id)
    if found is None:
        return 0
    return db.changed_rows(session, delete(PersistedDocument).where(col(PersistedDocument.sha256) == found.sha256))


def _wrong(session: Session, given: str, text: str) -> Refusal | None:
    if not _ID.fullmatch(given):
        return Refusal(DocumentRefusal.INVALID_ID, ("id",), {"most": MAX_ID})
    algorithm = _DIGESTS.get(len(given)) if re.fullmatch("[0-9a-f]+", given) else None
    if algorithm is not None and hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest() != given:
        return Refusal(DocumentRefusal.WRONG_HASH, ("id",), {"id": given, "algorithm": algorithm})
    known = text_of(session, given)
    return None if known in {None, text} else Refusal(DocumentRefusal.ID_TAKEN, ("id",), {"id": given})
