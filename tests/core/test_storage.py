"""Blobs on disk."""

import hashlib
from pathlib import Path

import pytest

from core.storage import DiskStorage, Storage, digest_of

CONTENT = b"a picture"
NAMES_THAT_ARE_NO_DIGESTS = ["", "..", "../../etc/passwd", "A" * 64, "f" * 63, "f" * 65, "f" * 63 + "\n"]


@pytest.fixture
def storage(tmp_path: Path) -> DiskStorage:
    return DiskStorage(tmp_path / "media")


def files(storage: DiskStorage) -> list[Path]:
    return [path for path in storage.root.rglob("*") if path.is_file()]


def test_a_blob_is_named_by_its_content_and_read_back(storage: Storage) -> None:
    digest = storage.put(CONTENT)

    assert digest == hashlib.sha256(CONTENT).hexdigest() == digest_of(CONTENT)
    assert storage.exists(digest)
    assert storage.read(digest) == CONTENT


def test_putting_twice_keeps_one_file_two_folders_deep(storage: DiskStorage) -> None:
    digest = storage.put(CONTENT)
    storage.put(CONTENT)

    assert files(storage) == [storage.root / digest[:2] / digest[2:4] / digest]


def test_a_deleted_blob_is_gone(storage: DiskStorage) -> None:
    digest = storage.put(CONTENT)

    assert storage.delete(digest) is True
    assert storage.delete(digest) is False
    assert not storage.exists(digest)
    assert storage.read(digest) is None
    assert files(storage) == []


@pytest.mark.parametrize("name", NAMES_THAT_ARE_NO_DIGESTS)
def test_nothing_but_a_digest_becomes_a_path(storage: DiskStorage, name: str) -> None:
    storage.put(CONTENT)

    assert storage.read(name) is None
    assert storage.exists(name) is False
    assert storage.delete(name) is False
    assert len(files(storage)) == 1


def test_a_write_that_fails_leaves_nothing_behind(storage: DiskStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr("core.storage.os.fsync", full)

    with pytest.raises(OSError, match="no space"):
        storage.put(CONTENT)

    assert files(storage) == []
