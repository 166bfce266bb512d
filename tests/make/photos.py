"""Pictures as files, honest ones and hostile ones, and photos as rows in every state."""

import io
import itertools
import struct
import zlib

from PIL import Image
from PIL.TiffImagePlugin import IFDRational
from sqlmodel import Session

from core import clock, ids
from core.storage import digest_of
from tests.make.shop import accepted
from ugc import photos, uploads
from ugc.queries import photos as queries
from ugc.reasons import ReasonCode
from ugc.tables.photos import Photo, PhotoRendition, PhotoStatus, UploadState

PAYLOAD = b"<?php system($_GET['c']); ?>"
# corners of the test picture, clockwise from the top left
CORNERS = ((200, 30, 30), (30, 160, 30), (30, 30, 200), (220, 200, 30))
_ORIENTATION = 0x0112
_GPS = 0x8825


_numbers = itertools.count(1)


def photo(
    session: Session,
    *,
    customer_id: int | None = None,
    review_id: int | None = None,
    status: PhotoStatus = PhotoStatus.PENDING,
    version: int = 1,
) -> int:
    """A READY photo with files that exist in the database alone; attached and decided when the test says so."""
    number = next(_numbers)
    made = Photo(
        id=ids.new_id(),
        customer_id=customer_id,
        state=UploadState.READY,
        declared_bytes=1000,
        width=640,
        height=480,
        licence=uploads.LICENCE,
        people_agree=True,
        created_at=clock.now(),
        expires_at=clock.now() + uploads.UPLOAD_TIME,
    )
    session.add(made)
    session.flush()
    for size in (320, 800, 1600):
        digest = digest_of(f"{number} {size}".encode())
        queries.hold_file(session, digest)
        width, height = min(size, 640), min(size, 640) * 3 // 4
        session.add(PhotoRendition(photo_id=made.id, size=size, digest=digest, width=width, height=height, bytes=1000))
    session.flush()
    if review_id is not None and customer_id is not None:
        assert photos.attach(session, review_id, [made.id], customer_id=customer_id) is None
    if status is not PhotoStatus.PENDING:
        decided(session, made.id, status, version=version)
    return made.id


def decided(session: Session, photo_id: int, status: PhotoStatus, *, version: int = 1, staff_id: int = 1) -> int:
    """A moderator's decision, which is accepted."""
    reason = ReasonCode.PICTURE if status is PhotoStatus.REJECTED else None
    return accepted(
        photos.decide(
            session,
            photos.Decision(photo_id=photo_id, version=version, staff_id=staff_id, status=status, reason=reason),
        )
    )


def picture(width: int = 640, height: int = 480) -> Image.Image:
    """Four coloured quarters, so that a turned or mirrored picture is told from an upright one."""
    image = Image.new("RGB", (width, height))
    half = (width // 2, height // 2)
    for colour, corner in zip(CORNERS, ((0, 0), (half[0], 0), half, (0, half[1])), strict=True):
        image.paste(colour, (*corner, corner[0] + half[0], corner[1] + half[1]))
    return image


def corners(image: Image.Image) -> tuple[tuple[int, int, int], ...]:
    """Which of CORNERS each corner of an image is nearest to, clockwise from the top left."""
    width, height = image.size
    points = ((5, 5), (width - 6, 5), (width - 6, height - 6), (5, height - 6))
    return tuple(_nearest(image.convert("RGB").getpixel(point)) for point in points)


def saved(image: Image.Image, picture_format: str, **options: object) -> bytes:
    """The file of an image."""
    file = io.BytesIO()
    image.save(file, picture_format, **options)
    return file.getvalue()


def jpeg(width: int = 640, height: int = 480) -> bytes:
    """An honest photo."""
    return saved(picture(width, height), "JPEG", quality=90)


def jpeg_with_gps() -> bytes:
    """A photo whose EXIF tells a place, a camera and a name."""
    exif = Image.Exif()
    exif[0x010F] = "Secretcam"
    exif[0x013B] = "Camille Roux"
    exif.get_ifd(_GPS).update({1: "N", 2: (IFDRational(48), IFDRational(51), IFDRational(24)), 3: "E", 4: (2, 21, 3)})
    return saved(picture(), "JPEG", exif=exif)


def jpeg_turned(orientation: int) -> bytes:
    """A photo that is upright once its EXIF orientation is obeyed."""
    turns = {
        1: None,
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    turn = turns[orientation]
    stored = picture() if turn is None else picture().transpose(turn)
    exif = Image.Exif()
    exif[_ORIENTATION] = orientation
    return saved(stored, "JPEG", exif=exif)


def polyglot_jpeg() -> bytes:
    """A photo whose comment, EXIF and tail are a script."""
    exif = Image.Exif()
    exif[0x010E] = PAYLOAD.decode()
    return saved(picture(), "JPEG", comment=PAYLOAD, exif=exif) + PAYLOAD


def polyglot_png() -> bytes:
    """A PNG whose text chunk is a script."""
    file = saved(picture(), "PNG")
    return file[:33] + _chunk(b"tEXt", b"Comment\0" + PAYLOAD) + file[33:]


def polyglot_gif() -> bytes:
    """A GIF whose comment is a script."""
    return saved(picture(), "GIF", comment=PAYLOAD)


def png_header(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims this size."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 100)
    chunks = _chunk(b"IHDR", header) + _chunk(b"IDAT", pixels) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def animated_gif(frames: int, side: int = 40) -> bytes:
    """A GIF that plays `frames` frames; the first is a plain red."""
    pictures = [Image.new("RGB", (side, side), (255, index % 256, 0)) for index in range(frames)]
    return saved(pictures[0], "GIF", save_all=True, append_images=pictures[1:], duration=50)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _nearest(pixel: object) -> tuple[int, int, int]:
    assert isinstance(pixel, tuple)
    return min(CORNERS, key=lambda colour: sum((a - b) ** 2 for a, b in zip(colour, pixel, strict=True)))
