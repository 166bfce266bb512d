"""`fidelio documents`: registered from files and manifests, listed, forgotten; nothing is registered by halves."""

import hashlib
import json
from pathlib import Path

import pytest
from sqlmodel import Session

from core import documents
from core.db import Database
from core.documents import DocumentRefusal, Registration
from core.refusal import Refusal
from core.settings import settings
from tests.cli.conftest import Fidelio

WHO = "query Who { viewer { kind } }"
TYPE = "query Type { __typename }"


def digest(text: str, algorithm: str = "sha256") -> str:
    return hashlib.new(algorithm, text.encode(), usedforsecurity=False).hexdigest()


def names() -> dict[str, str]:
    """Every registered id with its document's SHA-256."""
    database = Database.open(settings().database_url)
    with database.reading() as session:
        return {row.id: row.sha256 for row in documents.registered(session)}


def write(path: Path, content: object) -> str:
    path.parent.mkdir(exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content))
    return str(path)


def test_documents_are_registered_listed_and_forgotten(fidelio: Fidelio, tmp_path: Path) -> None:
    folder = tmp_path / "operations"
    write(folder / "who.graphql", WHO)
    write(folder / "type.graphql", TYPE)

    assert fidelio("documents", "register", str(folder)).stdout.startswith("Registered: 2.")
    assert fidelio("documents", "register", str(folder / "who.graphql")).exit_code == 0
    assert names() == {digest(WHO): digest(WHO), digest(TYPE): digest(TYPE)}
    assert f"{digest(WHO)}  {WHO}" in fidelio("documents", "list").stdout.splitlines()

    assert fidelio("documents", "forget", digest(WHO)).exit_code == 0
    assert names() == {digest(TYPE): digest(TYPE)}
    assert fidelio("documents", "forget", digest(WHO)).exit_code == 1


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256"])
def test_a_manifest_of_ids_and_texts_is_taken(fidelio: Fidelio, tmp_path: Path, algorithm: str) -> None:
    given = digest(WHO, algorithm)

    assert fidelio("documents", "register", write(tmp_path / "persisted.json", {given: WHO})).exit_code == 0

    assert names() == {digest(WHO): digest(WHO), given: digest(WHO)}


def test_a_manifest_of_operations_is_taken(fidelio: Fidelio, tmp_path: Path) -> None:
    operation = {"id": digest(WHO), "name": "Who", "type": "query", "body": WHO}
    manifest = {"format": "apollo-persisted-query-manifest", "version": 1, "operations": [operation]}

    assert fidelio("documents", "register", write(tmp_path / "manifest.json", manifest)).exit_code == 0

    assert names() == {digest(WHO): digest(WHO)}


@pytest.mark.parametrize(
    "content, told",
    [
        ({digest(WHO): TYPE, "type": TYPE}, "sha256"),
        ({"type": TYPE, digest(WHO, "md5"): TYPE}, "md5"),
        ({"type": TYPE, "a b": WHO}, "200"),
        ({"type": TYPE, "nothing": "{ nothing }"}, "nothing"),
        ({"type": TYPE, "large": f"{{ {'__typename ' * 21}}}"}, "repetitions"),
        ({"type": TYPE, "broken": "{"}, "Syntax Error"),
        ({"type": TYPE, "number": 1}, "no manifest"),
        ([WHO], "no manifest"),
        ("not JSON", "bad.json"),
    ],
)
def test_one_bad_document_stops_all(fidelio: Fidelio, tmp_path: Path, content: object, told: str) -> None:
    fidelio("documents", "list")

    refused = fidelio("documents", "register", write(tmp_path / "bad.json", content))

    assert (refused.exit_code, refused.stdout) == (1, "")
    assert told in refused.stderr
    assert names() == {}


def test_an_id_stays_with_its_document(session: Session) -> None:
    assert documents.register(session, Registration(WHO, "page")) == digest(WHO)

    assert documents.register(session, Registration(TYPE, "page")) == Refusal(
        DocumentRefusal.ID_TAKEN, ("id",), {"id": "page"}
    )
    assert documents.register(session, Registration(WHO, "page")) == digest(WHO)
    assert (documents.text_of(session, "page"), documents.text_of(session, digest(TYPE))) == (WHO, None)
