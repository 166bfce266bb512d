"""Mugs, teapot and bowl as SVG, each around the middle of its foot. Where they stand is decided elsewhere."""

# ruff: noqa: D103, E501 - a thing's name says what it draws, and path data does not wrap

from examples.seed.drawing.shapes import (
    HONEY,
    MILK,
    PEBBLE,
    ball_shade,
    darker,
    lighter,
    mix,
    round_shade,
    shadow,
    speckles,
)

TEA, COFFEE = "#a8632c", "#6b4329"


def mug(
    key: str, glaze: str, *, specks: tuple[str, ...], bare: str = "#c9a17c", bare_from: int = -34, drink: str = TEA
) -> str:
    """A mug 440 wide and 470 high. `bare_from`: where the glaze ends above the foot."""
    body = "M-212-430C-212-220-204-80-176-26Q-166 0-130 0H130Q166 0 176-26C204-80 212-220 212-430Z"
    handle = "M196-350C352-372 356-118 180-112"
    wave = f"M-260-480H260V{bare_from}q-42 22-86 2t-88 6-86-8-88 4-86-4-86 8z"
    return "".join(
        [
            shadow(20, 0, 250, 30),
            f"<defs>{round_shade(f'{key}-g', glaze)}{round_shade(f'{key}-b', bare)}",
            f'<clipPath id="{key}-c"><path d="{body}"/></clipPath></defs>',
            f'<path d="{handle}" fill="none" stroke="{darker(glaze, 0.28)}" stroke-width="50" stroke-linecap="round"/>',
            f'<path d="{handle}" fill="none" stroke="{darker(glaze, 0.08)}" stroke-width="34" stroke-linecap="round"/>',
            f'<path d="M206-358C330-370 344-160 214-128" fill="none" stroke="{lighter(glaze, 0.3)}" '
            'stroke-width="7" stroke-linecap="round" opacity=".7"/>',
            f'<path d="{body}" fill="url(#{key}-b)"/>',
            f'<g clip-path="url(#{key}-c)"><path d="{wave}" fill="url(#{key}-g)"/>',
            speckles(len(key), 150, specks, box=(-210, -420, 210, bare_from), size=(1.2, 4.6)),
            '<path d="M-168-400C-168-240-162-140-146-60" fill="none" stroke="#fff" stroke-width="15" '
            'stroke-linecap="round" opacity=".28"/></g>',
            f'<ellipse cy="-430" rx="212" ry="40" fill="{lighter(glaze, 0.34)}"/>',
            f'<ellipse cy="-428" rx="196" ry="33" fill="{mix(MILK, glaze, 0.28)}"/>',
            f'<clipPath id="{key}-i"><ellipse cy="-428" rx="196" ry="33"/></clipPath>',
            f'<g clip-path="url(#{key}-i)"><ellipse cy="-408" rx="186" ry="30" fill="{drink}"/>',
            f'<ellipse cx="-50" cy="-412" rx="70" ry="9" fill="{lighter(drink, 0.4)}" opacity=".5"/></g>',
        ]
    )


def lichen(key: str = "lichen") -> str:
    return mug(key, "#959a80", specks=("#7d5532", "#5f6a4c", "#cfd0b4", "#8a5a34"))


def salt(key: str = "salt") -> str:
    return mug(key, "#efe7d8", specks=("#8b6b4f", "#6d5744", "#b59a7d"), drink=COFFEE)


def brick(key: str = "brick") -> str:
    return mug(key, "#b2523a", specks=("#8a3c28", "#c9735a"), bare="#cf9a73", bare_from=-140)


def teapot(key: str = "pot", colour: str = PEBBLE) -> str:
    """A round teapot, 840 wide with spout and handle, 520 high. The spout points left."""
    spout = "M-226-176C-330-190-330-330-420-372L-392-396C-300-372-270-300-196-306Z"
    handle = "M226-330C404-380 424-110 214-110"
    return "".join(
        [
            shadow(0, 0, 300, 34),
            f"<defs>{ball_shade(f'{key}-g', colour)}{round_shade(f'{key}-l', lighter(colour, 0.06))}",
            f'<clipPath id="{key}-c"><ellipse cy="-220" rx="272" ry="206"/></clipPath></defs>',
            f'<path d="{handle}" fill="none" stroke="{darker(colour, 0.34)}" stroke-width="46" stroke-linecap="round"/>',
            f'<path d="{handle}" fill="none" stroke="{darker(colour, 0.12)}" stroke-width="30" stroke-linecap="round"/>',
            f'<path d="{spout}" fill="{darker(colour, 0.06)}"/>',
            f'<path d="M-236-190C-320-214-322-330-404-384" fill="none" stroke="{darker(colour, 0.3)}" '
            'stroke-width="8" opacity=".45"/>',
            f'<ellipse cx="-406" cy="-384" rx="20" ry="13" transform="rotate(-40 -406 -384)" fill="{darker(colour, 0.5)}"/>',
            f'<rect x="-150" y="-34" width="300" height="34" rx="14" fill="{darker(colour, 0.34)}"/>',
            f'<ellipse cy="-220" rx="272" ry="206" fill="url(#{key}-g)"/>',
            f'<g clip-path="url(#{key}-c)">',
            speckles(7, 190, ("#6f6f69", "#b3b3ab", "#5b5b57"), box=(-270, -420, 270, -20), size=(1, 3.4)),
            "</g>",
            f'<path d="M-150-392C-130-452 130-452 150-392C120-374-120-374-150-392Z" fill="url(#{key}-l)"/>',
            f'<path d="M-152-391C-110-370 110-370 152-391" fill="none" stroke="{darker(colour, 0.42)}" stroke-width="7"/>',
            f'<ellipse cy="-436" rx="26" ry="12" fill="{darker(colour, 0.3)}"/>',
            f'<circle cy="-464" r="36" fill="url(#{key}-g)"/>',
            '<path d="M-206-300C-180-350-140-372-110-380" fill="none" stroke="#fff" stroke-width="16" '
            'stroke-linecap="round" opacity=".25"/>',
        ]
    )


def _sagging(x: float, y: float, to_x: float, to_y: float) -> str:
    """An edge from x, y that bellies outward on its way: both directions give the same line."""
    out = 0.16 * max(x, to_x, key=abs)
    return f"Q{(x + to_x) / 2 + out:.0f} {(y + to_y) / 2 + 18:.0f} {to_x} {to_y}"


def bowl(key: str = "bowl", colour: str = HONEY, drink: str = COFFEE) -> str:
    """A bowl with eight facets, 600 wide and 330 high."""
    top = [(-300, -300), (-276, -262), (-140, -234), (140, -234), (276, -262), (300, -300)]
    foot = [(-128, -22), (-120, -14), (-62, -6), (62, -6), (120, -14), (128, -22)]
    tones = [
        darker(colour, 0.04),
        lighter(colour, 0.26),
        lighter(colour, 0.06),
        darker(colour, 0.12),
        darker(colour, 0.3),
    ]
    facets, edges = [], []
    for (a, b), (c, d), (e, f), (g, h), tone in zip(top, top[1:], foot[1:], foot, tones, strict=False):
        right, left = _sagging(c, d, e, f), _sagging(g, h, a, b)
        facets.append(f'<path d="M{a} {b}L{c} {d}{right}L{g} {h}{left}Z" fill="{tone}"/>')
        edges.append(
            f'<path d="M{c} {d}{right}" fill="none" stroke="{lighter(colour, 0.5)}" stroke-width="5" opacity=".75"/>'
        )
    rim = "M-300-300L-276-338-140-366H140L276-338 300-300 276-262 140-234H-140L-276-262Z"
    inner = "M-274-300L-252-330-130-352H130L252-330 274-300 252-270 130-248H-130L-252-270Z"
    return "".join(
        [
            shadow(10, 0, 220, 28),
            f'<path d="M-122-30L-112 0H112L122-30Z" fill="{darker("#c9a17c", 0.14)}"/>',
            *facets,
            *edges[:-1],
            f'<path d="{rim}" fill="{lighter(colour, 0.42)}"/><path d="{inner}" fill="{darker(colour, 0.1)}"/>',
            f'<clipPath id="{key}-i"><path d="{inner}"/></clipPath><g clip-path="url(#{key}-i)">',
            f'<ellipse cy="-282" rx="246" ry="42" fill="{drink}"/>',
            f'<ellipse cx="-70" cy="-290" rx="90" ry="12" fill="{lighter(drink, 0.35)}" opacity=".6"/></g>',
        ]
    )
