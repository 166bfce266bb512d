"""Turn a stranger's file into clean renditions, or refuse it. What becomes of them is ugc.photos'.

The kind of file is told by its first bytes, never by a name or a declared type, and decoding happens in a child process
with limits of memory and time (ugc.imaging_child).
"""

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from core.refusal import Refusal
from ugc.photo_refusals import PhotoRefusal

MEDIA_TYPE = "image/webp"

_CHILD = Path(__file__).with_name("imaging_child.py")
_WALL_SECONDS = 20
_MAX_ANSWER_BYTES = 16 << 20
_HEAD_BYTES = 32
# each child may take 1 GB
_children = threading.BoundedSemaphore(2)

_AVIF_BRANDS = frozenset({b"avif", b"avis"})


@dataclass(frozen=True, slots=True)
class Rendition:
    """One WebP file of the picture, within a square of `size`."""

    size: int
    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Picture:
    """The upright size of what was sent, and its renditions, smallest first."""

    width: int
    height: int
    renditions: tuple[Rendition, ...]


def sniff(content: bytes) -> str | None:
    """Pillow's name for the format that the first bytes tell; None for all that is not taken (SVG, PDF, TIFF, ...)."""
    head = content[:_HEAD_BYTES]
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "GIF"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    return "AVIF" if head[4:8] == b"ftyp" and head[8:12] in _AVIF_BRANDS else None


def develop(content: bytes) -> Picture | Refusal:
    """The picture's renditions: upright, in sRGB, on white, and free of everything else that the file carried.

    Refuses FILE_EMPTY, FORMAT_NOT_SUPPORTED, PICTURE_TOO_LARGE (12,000 a side, 64 million pixels),
    ANIMATION_TOO_LONG, PICTURE_DAMAGED (truncated files too) and PICTURE_TOO_COMPLEX (memory or time ran out).
    """
    if not content:
        return Refusal(PhotoRefusal.FILE_EMPTY)
    picture_format = sniff(content)
    if picture_format is None:
        return Refusal(PhotoRefusal.FORMAT_NOT_SUPPORTED)
    with _children, tempfile.TemporaryFile() as answer:
        if not _run_child(content, picture_format, answer):
            return Refusal(PhotoRefusal.PICTURE_TOO_COMPLEX)
        answer.seek(0)
        return _read(answer)


def _run_child(content: bytes, picture_format: str, answer: IO[bytes]) -> bool:
    """Whether the child came to its end; its answer is in the file, since a pipe could be filled without end."""
    try:
        done = subprocess.run(
            # -I: nothing of the caller's folder, environment or user is imported
            [sys.executable, "-I", str(_CHILD), picture_format],
            input=content,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={},
            timeout=_WALL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def _read(answer: IO[bytes]) -> Picture | Refusal:
    line = json.loads(answer.readline(_MAX_ANSWER_BYTES))
    if "refused" in line:
        return Refusal(PhotoRefusal(line["refused"]))
    renditions = tuple(_rendition(each, answer) for each in line["renditions"])
    return Picture(line["width"], line["height"], renditions)


def _rendition(told: Mapping[str, int], answer: IO[bytes]) -> Rendition:
    return Rendition(told["size"], told["width"], told["height"], answer.read(told["length"]))
