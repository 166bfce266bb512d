"""Blobs on disk, named by the SHA-256 of their content. What a blob is, and who may see it, is the rooms' to know."""

import hashlib
import os
import re
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from core.settings import settings

_DIGEST = re.compile(r"[0-9a-f]{64}")


def digest_of(content: bytes) -> str:
    """The name that `content` is kept under: its SHA-256 in lower-case hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def is_digest(text: str) -> bool:
    """Whether `text` can name a blob; nothing else ever becomes part of a path."""
    return _DIGEST.fullmatch(text) is not None


class Storage(Protocol):
    """A place for blobs. A name comes from the content: a blob never changes, and putting it twice keeps one."""

    def put(self, content: bytes) -> str:
        """Keep `content` and return its digest; when this returns, a power loss does not take it away."""
        ...

    def read(self, digest: str) -> bytes | None:
        """The whole blob; None when there is none of that name."""
        ...

    def exists(self, digest: str) -> bool:
        """Whether a blob of that name is kept."""
        ...

    def delete(self, digest: str) -> bool:
        """Forget the blob; False when there was none. Whether others still need it is the caller's to know."""
        ...


class DiskStorage:
    """Blobs as files below `root`, two levels of folders deep, so that no folder holds more than a few thousand."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Keep `content` and return its digest. Readers see the whole blob or none."""
        digest = digest_of(content)
        path = self._path(digest)
        if path.exists():
            return digest
        path.parent.mkdir(parents=True, exist_ok=True)
        self._write(path, content)
        return digest

    def read(self, digest: str) -> bytes | None:
        """The whole blob; None when there is none of that name, or it is no digest at all."""
        try:
            return self._path(digest).read_bytes() if is_digest(digest) else None
        except FileNotFoundError:
            return None

    def exists(self, digest: str) -> bool:
        """Whether a blob of that name is kept."""
        return is_digest(digest) and self._path(digest).is_file()

    def delete(self, digest: str) -> bool:
        """Remove the file; False when there was none."""
        if not self.exists(digest):
            return False
        self._path(digest).unlink(missing_ok=True)
        return True

    def _path(self, digest: str) -> Path:
        return self.root / digest[:2] / digest[2:4] / digest

    def _write(self, path: Path, content: bytes) -> None:
        # written beside, then renamed: a reader or a crash between the two never meets half a file
        beside = path.with_name(f".{secrets.token_hex(8)}")
        try:
            with beside.open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    # the rename is an entry of the folder, which has to reach the disk too
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@lru_cache(maxsize=1)
def media() -> Storage:
    """The deployment's blobs, below FIDELIO_MEDIA_DIRECTORY."""
    return DiskStorage(settings().media_directory)
