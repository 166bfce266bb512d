"""Draws the demo shop's pictures again: `python -m examples.seed.draw [name ...]`.

Needs Chromium on the path and Pillow. The drawings stand in drawing/; this file only renders, spoils and packs them.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

from PIL import Image, ImageChops, ImageFilter

from examples.seed.drawing.photos import HEIGHT, PHOTOS, WIDTH
from examples.seed.drawing.products import PRODUCTS

SEED = Path(__file__).parent
BROWSER = "chromium"
SIDEWAYS = "galet-garden"  # the one photo that a telephone would have left turned and with its place


def rendered(svg: str, *, width: int, height: int) -> Image.Image:
    """The drawing as pixels, by a headless browser."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "drawing.html"), Path(folder, "drawing.png")
        source.write_text(f"<style>body{{margin:0}}svg{{display:block}}</style>{svg}", encoding="utf-8")
        flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--hide-scrollbars"]
        size = f"--window-size={width},{height}"
        command = [BROWSER, *flags, size, f"--screenshot={target}", source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return Image.open(target).convert("RGB")


def snapshot(picture: Image.Image, *, seed: int) -> Image.Image:
    """The drawing as a hand-held telephone would have it: tilted, soft, grainy, darker in the corners."""
    draw = Random(seed)  # noqa: S311 - a picture, not a secret
    tilted = picture.rotate(draw.uniform(-2.4, 2.4), Image.Resampling.BICUBIC)
    width, height = tilted.size
    soft = tilted.crop((30, 30, width - 30, height - 30)).filter(ImageFilter.GaussianBlur(1.1))
    grain = Image.frombytes("L", (235, 173), draw.randbytes(235 * 173)).resize(soft.size, Image.Resampling.BICUBIC)
    grainy = Image.blend(soft, ImageChops.overlay(soft, Image.merge("RGB", [grain] * 3)), 0.1)
    corners = Image.radial_gradient("L").resize(soft.size).point(lambda value: 255 - max(0, value - 110) // 2)
    return ImageChops.multiply(grainy, Image.merge("RGB", [corners] * 3))


def telephone_metadata() -> Image.Exif:
    """A made-up camera at a made-up place in the Atlantic, to be stripped on upload."""
    exif = Image.Exif()
    exif[0x0112] = 6  # orientation: turn right to view
    exif[0x010F], exif[0x0110] = "Invented", "Pocket 1"
    exif.get_ifd(0x8825).update(
        {1: "N", 2: (45.0, 30.0, 0.0), 3: "W", 4: (30.0, 15.0, 0.0)},
    )
    return exif


def draw_product(name: str) -> None:
    """Write products/<name>.webp."""
    picture = rendered(PRODUCTS[name], width=1200, height=1200)
    picture.save(SEED / "products" / f"{name}.webp", quality=82, method=6)


def draw_photo(name: str) -> None:
    """Write photos/<name>.jpg, the sideways one with what a telephone adds to it."""
    picture = snapshot(rendered(PHOTOS[name](), width=WIDTH, height=HEIGHT), seed=list(PHOTOS).index(name))
    target = SEED / "photos" / f"{name}.jpg"
    if name == SIDEWAYS:
        picture.transpose(Image.Transpose.ROTATE_90).save(target, quality=74, exif=telephone_metadata())
    else:
        picture.save(target, quality=74)


if __name__ == "__main__":
    for chosen in sys.argv[1:] or [*PRODUCTS, *PHOTOS]:
        draw_product(chosen) if chosen in PRODUCTS else draw_photo(chosen)
