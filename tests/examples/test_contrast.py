"""The shop's colours can be read, in light and in dark: WCAG 2.2's AA ratios for text and for shapes."""

import re
from pathlib import Path

import pytest

from tests.console.test_contrast import contrast

CSS = (Path(__file__).parents[2] / "examples" / "storefront" / "static" / "shop.css").read_text()
_TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
_LIGHT, _DARK = (dict(_TOKEN.findall(part)) for part in CSS.split("@media (prefers-color-scheme: dark)")[:2])
SCHEMES = {"light": _LIGHT, "dark": _LIGHT | _DARK}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    "ink, ground",
    [
        *((ink, ground) for ink in ("ink", "quiet", "clay") for ground in ("paper", "sheet")),
        ("ink", "sand"),
        ("clay", "sand"),
        ("sage", "paper"),
        ("sage", "sage-wash"),
        ("ink", "sage-wash"),
        ("clay-ink", "clay"),
    ],
)
def test_text_can_be_read(scheme: str, ink: str, ground: str) -> None:
    assert contrast(SCHEMES[scheme][ink], SCHEMES[scheme][ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("shape, ground", [("star", "paper"), ("clay", "paper"), ("quiet", "sheet"), ("star", "sand")])
def test_shapes_can_be_seen(scheme: str, shape: str, ground: str) -> None:
    assert contrast(SCHEMES[scheme][shape], SCHEMES[scheme][ground]) >= 3
