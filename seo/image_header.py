"""A picture's format, width and height from its first bytes. The picture itself is never decoded.

Formats: PNG, GIF, JPEG, WebP, AVIF by their containers; SVG has no size of its own here.
"""

import re
import struct
from dataclasses import dataclass

_SVG = re.compile(rb"<svg[\s>]", re.IGNORECASE)
_SEARCHED = 4096
# a frame header of JPEG: all SOF markers but those of tables
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_BARE_MARKERS = frozenset({0x01, *range(0xD0, 0xD8)})


@dataclass(frozen=True, slots=True)
class ImageHeader:
    """`kind` is png, gif, jpeg, webp, avif or svg; width and height in pixels, 0 when the file does not tell."""

    kind: str
    width: int = 0
    height: int = 0


def read(body: bytes) -> ImageHeader | None:
    """The header of a picture; None when these bytes are none."""
    try:
        return _read(body)
    except (struct.error, IndexError):
        return None


def _read(body: bytes) -> ImageHeader | None:
    if body.startswith(b"\x89PNG\r\n\x1a\n"):
        return ImageHeader("png", *struct.unpack(">II", body[16:24]))
    if body[:6] in (b"GIF87a", b"GIF89a"):
        return ImageHeader("gif", *struct.unpack("<HH", body[6:10]))
    if body.startswith(b"\xff\xd8"):
        return _jpeg(body)
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return _webp(body)
    if body[4:8] == b"ftyp" and body[8:12] in (b"avif", b"avis"):
        return _avif(body)
    return ImageHeader("svg") if _SVG.search(body[:_SEARCHED]) else None


def _jpeg(body: bytes) -> ImageHeader:
    position = 2
    while position + 9 < len(body):
        if body[position] != 0xFF:
            position += 1
            continue
        marker = body[position + 1]
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", body[position + 5 : position + 9])
            return ImageHeader("jpeg", width, height)
        if marker in _BARE_MARKERS or marker == 0xFF:
            position += 1 if marker == 0xFF else 2
            continue
        position += 2 + max(2, struct.unpack(">H", body[position + 2 : position + 4])[0])
    return ImageHeader("jpeg")


def _webp(body: bytes) -> ImageHeader:
    chunk = body[12:16]
    if chunk == b"VP8X":
        width, height = (int.from_bytes(body[at : at + 3], "little") + 1 for at in (24, 27))
        return ImageHeader("webp", width, height)
    if chunk == b"VP8L":
        bits = int.from_bytes(body[21:25], "little")
        return ImageHeader("webp", (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    width, height = struct.unpack("<HH", body[26:30])
    return ImageHeader("webp", width & 0x3FFF, height & 0x3FFF)


def _avif(body: bytes) -> ImageHeader:
    """The largest `ispe` box is the whole picture's; tiles and thumbnails have smaller ones."""
    sizes = [struct.unpack(">II", body[found.end() + 4 : found.end() + 12]) for found in re.finditer(rb"ispe", body)]
    return ImageHeader("avif", *max(sizes, key=lambda size: size[0] * size[1], default=(0, 0)))
