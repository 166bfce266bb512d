"""The tokens' colours can be read: WCAG 2.2's AA ratios, in light and in dark.

Source: https://www.w3.org/TR/WCAG22/#contrast-minimum (4.5:1 for text), #non-text-contrast (3:1 for borders, focus).
"""

import re
from pathlib import Path

import pytest

import console

CSS = (Path(console.__file__).parent / "static" / "console.css").read_text()
_TOKEN = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
_LIGHT, _DARK = (dict(_TOKEN.findall(part)) for part in CSS.split("@media (prefers-color-scheme: dark)")[:2])
SCHEMES = {"light": _LIGHT, "dark": _LIGHT | _DARK}

TEXT = [
    *((ink, ground) for ink in ("ink", "muted", "accent") for ground in ("ground", "surface", "sunken")),
    *((tone, f"{tone}-soft") for tone in ("good", "bad", "wait", "info")),
    ("bad", "surface"),
    ("bad-strong", "bad-soft"),
    ("surface", "good"),
    ("surface", "good-strong"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-mark", "mark"),
]
SHAPES = [(line, ground) for line in ("edge", "focus", "bad", "accent") for ground in ("ground", "surface")]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ink, ground", TEXT)
def test_text_can_be_read(scheme: str, ink: str, ground: str) -> None:
    assert contrast(SCHEMES[scheme][ink], SCHEMES[scheme][ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("line, ground", SHAPES)
def test_borders_and_focus_can_be_seen(scheme: str, line: str, ground: str) -> None:
    assert contrast(SCHEMES[scheme][line], SCHEMES[scheme][ground]) >= 3


def contrast(one: str, other: str) -> float:
    """The ratio of two sRGB colours' luminances, the lighter over the darker."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
