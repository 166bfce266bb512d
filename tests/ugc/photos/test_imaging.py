"""Strangers' files: what is taken, what is refused, and what a rendition may carry."""

import io
import itertools
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from core.refusal import Refusal
from tests.make import photos as make
from ugc.imaging import Picture, develop, sniff
from ugc.photo_refusals import PhotoRefusal


def developed(content: bytes) -> Picture:
    picture = develop(content)
    assert isinstance(picture, Picture), picture
    return picture


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content), formats=["WEBP"])


@pytest.mark.parametrize("picture_format", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_five_formats_become_three_renditions(picture_format: str) -> None:
    picture = developed(make.saved(make.picture(2000, 1000), picture_format))

    assert (picture.width, picture.height) == (2000, 1000)
    sizes = [(each.size, each.width, each.height) for each in picture.renditions]
    assert sizes == [(320, 320, 160), (800, 800, 400), (1600, 1600, 800)]
    for rendition in picture.renditions:
        assert opened(rendition.content).size == (rendition.width, rendition.height)


def test_a_small_picture_is_not_blown_up() -> None:
    picture = developed(make.jpeg(100, 50))

    assert {(each.width, each.height) for each in picture.renditions} == {(100, 50)}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_ends_upright(orientation: int) -> None:
    picture = developed(make.jpeg_turned(orientation))

    assert (picture.width, picture.height) == (640, 480)
    for rendition in picture.renditions:
        assert make.corners(opened(rendition.content)) == make.CORNERS


@pytest.mark.parametrize(
    "content",
    [make.polyglot_jpeg(), make.polyglot_png(), make.polyglot_gif(), make.jpeg_with_gps()],
    ids=["jpeg comment", "png text", "gif comment", "gps"],
)
def test_nothing_but_pixels_reaches_a_rendition(content: bytes) -> None:
    assert b"php" in content or b"Secretcam" in content

    for rendition in developed(content).renditions:
        assert b"php" not in rendition.content
        assert b"Secretcam" not in rendition.content
        assert b"Camille" not in rendition.content
        image = opened(rendition.content)
        assert dict(image.getexif()) == {}
        assert image.info.keys().isdisjoint({"comment", "exif", "icc_profile", "xmp"})


def test_alpha_is_laid_on_white() -> None:
    transparent = Image.new("RGBA", (40, 40), (10, 10, 10, 0))

    picture = developed(make.saved(transparent, "PNG"))

    pixel = opened(picture.renditions[0].content).getpixel((20, 20))
    assert pixel == (255, 255, 255)


def test_colours_are_read_through_the_files_profile() -> None:
    # a profile that is sRGB under another name must change nothing
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    picture = developed(make.saved(make.picture(), "JPEG", icc_profile=profile, quality=95))

    assert make.corners(opened(picture.renditions[0].content)) == make.CORNERS


def test_sixteen_bits_of_grey_are_scaled_and_not_cut() -> None:
    grey = Image.new("I;16", (40, 40), 128 * 256)

    picture = developed(make.saved(grey, "PNG"))

    pixel = opened(picture.renditions[0].content).getpixel((20, 20))
    assert isinstance(pixel, tuple)
    assert abs(pixel[0] - 128) <= 2


def test_an_animation_gives_its_first_frame() -> None:
    picture = developed(make.animated_gif(10))

    pixel = opened(picture.renditions[0].content).getpixel((20, 20))
    assert isinstance(pixel, tuple)
    assert pixel[0] > 240
    assert pixel[1] < 15


@pytest.mark.parametrize(
    "content, code",
    [
        (b"", PhotoRefusal.FILE_EMPTY),
        (make.SVG, PhotoRefusal.FORMAT_NOT_SUPPORTED),
        (b"%PDF-1.7", PhotoRefusal.FORMAT_NOT_SUPPORTED),
        (make.saved(make.picture(), "TIFF"), PhotoRefusal.FORMAT_NOT_SUPPORTED),
        (make.saved(make.picture(), "BMP"), PhotoRefusal.FORMAT_NOT_SUPPORTED),
        (b"\0\0\0\x18ftypheic" + b"\0" * 60, PhotoRefusal.FORMAT_NOT_SUPPORTED),
        (make.png_header(50_000, 50_000), PhotoRefusal.PICTURE_TOO_LARGE),
        (make.png_header(65_000, 1), PhotoRefusal.PICTURE_TOO_LARGE),
        (make.png_header(9_000, 9_000), PhotoRefusal.PICTURE_TOO_LARGE),
        (make.png_header(8_000, 8_000), PhotoRefusal.PICTURE_DAMAGED),
        (make.jpeg()[:4_000], PhotoRefusal.PICTURE_DAMAGED),
        (b"\xff\xd8\xff" + make.SVG, PhotoRefusal.PICTURE_DAMAGED),
        (b"GIF89a", PhotoRefusal.PICTURE_DAMAGED),
        (make.animated_gif(61), PhotoRefusal.ANIMATION_TOO_LONG),
    ],
    ids=[
        "empty", "svg", "pdf", "tiff", "bmp", "heic", "bomb", "65,000 wide", "81 million", "claims too much",
        "truncated", "svg as jpeg", "gif without a body", "61 frames",
    ],
)  # fmt: skip
def test_a_hostile_file_is_refused_with_its_reason(content: bytes, code: PhotoRefusal) -> None:
    assert develop(content) == Refusal(code)


def test_the_largest_phones_photo_fits_the_limits() -> None:
    phone = make.saved(Image.new("RGBA", (8064, 6048), (90, 120, 60, 200)), "PNG", compress_level=1)

    assert developed(phone).renditions[-1].width == 1600


def test_a_child_that_takes_too_long_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ugc.imaging._WALL_SECONDS", 0.01)

    assert develop(make.jpeg()) == Refusal(PhotoRefusal.PICTURE_TOO_COMPLEX)


def test_the_kind_is_told_by_the_first_bytes_alone() -> None:
    assert sniff(make.jpeg()) == "JPEG"
    assert sniff(b"RIFF....WAVE") is None
    assert sniff(b"<html>") is None


def test_every_file_of_the_corpus_is_taken_or_refused_cleanly(corpus: Path) -> None:
    paths = sorted(path for path in (corpus / "images").rglob("*") if path.is_file() and path.suffix != ".json")

    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(lambda path: develop(path.read_bytes()), paths))

    pictures = [outcome for outcome in outcomes if isinstance(outcome, Picture)]
    assert (len(paths), len(pictures)) == (144, 86)
    for rendition in itertools.chain.from_iterable(picture.renditions for picture in pictures):
        image = opened(rendition.content)
        assert dict(image.getexif()) == {}
        assert b"<?php" not in rendition.content
        assert max(image.size) <= rendition.size
