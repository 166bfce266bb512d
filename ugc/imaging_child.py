"""The child process that decodes one stranger's picture: Pillow and the standard library, nothing of ours, no network.

Run by ugc.imaging as `python -I imaging_child.py FORMAT` in a fresh interpreter with an empty environment. It reads the
file from standard input and writes one line of JSON, then the renditions one after the other.
"""

import io
import json
import resource
import sys
import warnings

MAX_SIDE = 12_000
# the largest phones make 48 million
MAX_PIXELS = 64_000_000
MAX_FRAMES = 60
MAX_ANIMATION_PIXELS = 128_000_000
SIZES = (320, 800, 1600)
WEBP_QUALITY = 80

_MEMORY_BYTES = 1 << 30
_CPU_SECONDS = 15
_OUTPUT_BYTES = 16 << 20


def limit_resources() -> None:
    """Give up, for good, what a decoder does not need: more memory, more time, large files, core dumps."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_OUTPUT_BYTES, _OUTPUT_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


# before Pillow and long before the first hostile byte; never for a process that merely imports this file
if __name__ == "__main__":
    limit_resources()

from PIL import Image, ImageCms  # noqa: E402

# EXIF orientation -> the turn that sets the picture upright
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_ORIENTATION = 0x0112
_TURNED_SIDEWAYS = frozenset({5, 6, 7, 8})


class RefusedError(Exception):
    """The picture is over a limit; the message is the refusal's code."""


def develop(content: bytes, picture_format: str) -> tuple[tuple[int, int], list[tuple[int, Image.Image]]]:
    """(width, height) as seen upright, and the picture at each of SIZES, on canvases of our own.

    Raises RefusedError over a limit, and whatever Pillow raises for a file that it cannot read.
    """
    with Image.open(io.BytesIO(content), formats=[picture_format]) as picture:
        check_header(picture)
        orientation = orientation_of(picture)
        width, height = picture.size
        small = shrink(picture)
    clean = on_white(in_srgb(small))
    if orientation in _UPRIGHT:
        clean = clean.transpose(_UPRIGHT[orientation])
    seen = (height, width) if orientation in _TURNED_SIDEWAYS else (width, height)
    return seen, [(size, fitted(clean, size)) for size in SIZES]


def check_header(picture: Image.Image) -> None:
    """Refuse by what the header says, before anything is decoded."""
    width, height = picture.size
    if width > MAX_SIDE or height > MAX_SIDE or width * height > MAX_PIXELS:
        raise RefusedError("PICTURE_TOO_LARGE")
    # a phone's JPEG may hold a second picture (MPO); only files that play are animations
    frames = 1 if picture.format in {"JPEG", "MPO"} else getattr(picture, "n_frames", 1)
    if frames > MAX_FRAMES or frames * width * height > MAX_ANIMATION_PIXELS:
        raise RefusedError("ANIMATION_TOO_LONG")


def orientation_of(picture: Image.Image) -> int:
    """The EXIF orientation, 1 when there is none or it cannot be read: a broken tag is no reason to refuse a photo."""
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001 - a hostile EXIF block raises anything
        return 1


def shrink(picture: Image.Image) -> Image.Image:
    """Decode and scale down to the largest rendition at once, so that later steps work on few pixels."""
    largest = (SIZES[-1], SIZES[-1])
    # a JPEG is decoded at a fraction of its size; other formats ignore this
    picture.draft(picture.mode, largest)
    picture.load()
    small = decoded(picture)
    small.info["icc_profile"] = picture.info.get("icc_profile")
    small.thumbnail(largest, Image.Resampling.LANCZOS)
    return small


def decoded(picture: Image.Image) -> Image.Image:
    """In one of the modes L, RGB, RGBA and CMYK."""
    if picture.mode.startswith("I"):
        # 16 bits of grey: convert() alone would cut at 255 instead of scaling
        return picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if picture.has_transparency_data:
        return picture.convert("RGBA")
    if picture.mode in {"L", "RGB", "CMYK"}:
        return picture.copy()
    return picture.convert("RGB")


def in_srgb(picture: Image.Image) -> Image.Image:
    """The same colours as sRGB; a profile that does not fit the picture is ignored."""
    profile = picture.info.get("icc_profile")
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if not profile:
        return picture.convert(mode)
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture.convert(mode)
    return turned or picture.convert(mode)


def on_white(picture: Image.Image) -> Image.Image:
    """On a canvas that has nothing of the file but its pixels: no EXIF, no comment, no profile, no alpha."""
    canvas = Image.new("RGB", picture.size, "white")
    canvas.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return canvas


def fitted(picture: Image.Image, size: int) -> Image.Image:
    """A copy within a square of `size`; a smaller picture keeps its size."""
    copy = picture.copy()
    copy.thumbnail((size, size), Image.Resampling.LANCZOS)
    return copy


def as_webp(picture: Image.Image) -> bytes:
    """The WebP file of one rendition."""
    file = io.BytesIO()
    picture.save(file, "WEBP", quality=WEBP_QUALITY)
    return file.getvalue()


def answer(content: bytes, picture_format: str) -> tuple[dict[str, object], list[bytes]]:
    """The line to write and the files after it."""
    (width, height), pictures = develop(content, picture_format)
    files = [as_webp(picture) for _, picture in pictures]
    renditions = [
        {"size": size, "width": picture.width, "height": picture.height, "length": len(file)}
        for (size, picture), file in zip(pictures, files, strict=True)
    ]
    return {"width": width, "height": height, "renditions": renditions}, files


def main() -> None:
    """Answer for the one file on standard input."""
    warnings.simplefilter("ignore")
    # Pillow only warns between one and two times its limit; here that is an error too
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    files: list[bytes] = []
    try:
        line, files = answer(sys.stdin.buffer.read(), sys.argv[1])
    except RefusedError as refusal:
        line = {"refused": str(refusal)}
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        line = {"refused": "PICTURE_TOO_LARGE"}
    except MemoryError:
        line = {"refused": "PICTURE_TOO_COMPLEX"}
    except Exception:  # noqa: BLE001 - decoders of hostile files raise anything; all of it means the same to the sender
        line = {"refused": "PICTURE_DAMAGED"}
    sys.stdout.buffer.write(json.dumps(line).encode() + b"\n" + b"".join(files))


if __name__ == "__main__":
    main()
