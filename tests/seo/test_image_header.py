"""Formats and sizes from a picture's first bytes, held against Pillow's own files."""

import io

import pytest
from PIL import Image, features

from seo import image_header
from seo.image_header import ImageHeader


@pytest.mark.parametrize("kind", ["png", "gif", "jpeg", "webp", "avif"])
@pytest.mark.parametrize("lossless", [False, True])
def test_the_size_is_that_of_the_picture(kind: str, lossless: bool) -> None:
    if kind == "avif" and not features.check("avif"):
        pytest.skip("this Pillow writes no AVIF")
    out = io.BytesIO()
    Image.new("RGB", (321, 123), "teal").save(out, kind, **({"lossless": True} if lossless and kind == "webp" else {}))

    assert image_header.read(out.getvalue()) == ImageHeader(kind, 321, 123)


def test_a_picture_with_transparency_in_webp_is_read_too() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (321, 123), (1, 2, 3, 4)).save(out, "webp")

    assert image_header.read(out.getvalue()) == ImageHeader("webp", 321, 123)


@pytest.mark.parametrize(
    "body,kind",
    [
        (b"<?xml version='1.0'?><svg xmlns='x'/>", "svg"),
        (b"\xff\xd8\xff", "jpeg"),
        (b"<p>not found", None),
        (b"", None),
    ],
)
def test_other_bytes_are_known_for_what_they_are(body: bytes, kind: str | None) -> None:
    found = image_header.read(body)

    assert (found.kind if found else None) == kind


@pytest.mark.parametrize("cut", range(4, 40, 3))
def test_a_cut_picture_is_no_crash(cut: int) -> None:
    for kind in ("png", "gif", "jpeg", "webp"):
        out = io.BytesIO()
        Image.new("RGB", (10, 10)).save(out, kind)
        image_header.read(out.getvalue()[:cut])
    image_header.read(b"\xff\xd8" + b"\xff\xe0\x00\x00" * 100_000)
