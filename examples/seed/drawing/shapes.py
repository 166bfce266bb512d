"""Small SVG pieces that every drawing uses: palette, gradients, shadows, speckles. No object of the shop."""

# ruff: noqa: D103 - a thing's name says what it draws, and path data does not wrap

from random import Random

CREAM, SAND, BLUSH, SAGE = "#f7efe4", "#ead9c1", "#efd3c0", "#c9cfb8"
OCHRE, CLAY, BRICK, RUST = "#d9983a", "#c97a57", "#b2523a", "#8a4a2f"
LICHEN, SLATE, PEBBLE, MIST = "#93a184", "#46525e", "#8f8f89", "#b9c4c6"
HEMP, DUSK, FOREST, INK = "#d6c5a4", "#7d93a3", "#3e5a49", "#3b322b"
HONEY, MILK, OAK, WALNUT = "#dca55a", "#f3ede0", "#c99b6b", "#6f4a33"


def mix(one: str, other: str, share: float) -> str:
    """`one` with `share` (0..1) of `other` in it."""
    pairs = [(int(one[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def lighter(colour: str, share: float) -> str:
    return mix(colour, "#fffaf0", share)


def darker(colour: str, share: float) -> str:
    return mix(colour, "#2d1f1a", share)


def group(x: float, y: float, scale: float, *parts: str, turn: float = 0) -> str:
    """The parts, drawn around their own origin and put at x, y."""
    return f'<g transform="translate({x} {y}) rotate({turn}) scale({scale})">{"".join(parts)}</g>'


def round_shade(name: str, colour: str, *, depth: float = 0.3) -> str:
    """A horizontal gradient that makes a flat shape look turned: light from the upper left."""
    stops = [(0, darker(colour, depth * 0.3)), (22, lighter(colour, 0.22)), (60, colour), (100, darker(colour, depth))]
    body = "".join(f'<stop offset="{at}%" stop-color="{shade}"/>' for at, shade in stops)
    return f'<linearGradient id="{name}">{body}</linearGradient>'


def ball_shade(name: str, colour: str) -> str:
    """A radial gradient for bellies: the same light as `round_shade`."""
    stops = [(0, lighter(colour, 0.32)), (55, colour), (100, darker(colour, 0.34))]
    body = "".join(f'<stop offset="{at}%" stop-color="{shade}"/>' for at, shade in stops)
    return f'<radialGradient id="{name}" cx="36%" cy="30%" r="80%">{body}</radialGradient>'


def shadow(x: float, y: float, rx: float, ry: float, *, opacity: float = 0.28) -> str:
    return f'<ellipse cx="{x}" cy="{y}" rx="{rx}" ry="{ry}" fill="#3a2418" opacity="{opacity}" filter="url(#soft)"/>'


def speckles(
    seed: int, count: int, colours: tuple[str, ...], *, box: tuple[int, int, int, int], size: tuple[float, float]
) -> str:
    """Dots scattered over box (left, top, right, bottom); the same seed gives the same dots."""
    draw = Random(seed)  # noqa: S311 - a picture, not a secret
    dots = []
    for _ in range(count):
        x, y = draw.uniform(box[0], box[2]), draw.uniform(box[1], box[3])
        r = draw.uniform(*size)
        dots.append(
            f'<ellipse cx="{x:.0f}" cy="{y:.0f}" rx="{r:.1f}" ry="{r * draw.uniform(0.6, 1):.1f}" '
            f'fill="{draw.choice(colours)}" opacity="{draw.uniform(0.35, 0.85):.2f}"/>'
        )
    return "".join(dots)


def leaf(x: float, y: float, turn: float, scale: float, colour: str) -> str:
    return group(x, y, scale, f'<path d="M0 0Q30-34 78 0Q30 30 0 0Z" fill="{colour}"/>', turn=turn)


def steam(x: float, y: float, scale: float = 1) -> str:
    curls = ["M0 0c-40-50 40-80 0-140s30-80 10-130", "M60 10c-30-50 40-70 6-120s26-60 8-100"]
    lines = "".join(
        f'<path d="{curl}" fill="none" stroke="#fff" stroke-width="13" stroke-linecap="round" opacity=".5"/>'
        for curl in curls
    )
    return group(x, y, scale, f'<g filter="url(#haze)">{lines}</g>')


def stage(wall: str, table: str, *, horizon: int = 820, arch: str = "") -> str:
    """A wall over a table, with an optional painted arch behind the object."""
    back = f'<rect width="1200" height="1200" fill="{wall}"/>'
    if arch:
        back += f'<path d="M240 {horizon}V520a360 360 0 0 1 720 0V{horizon}z" fill="{arch}"/>'
    edge = darker(table, 0.1)
    return back + (
        f'<rect y="{horizon}" width="1200" height="{1200 - horizon}" fill="{table}"/>'
        f'<rect y="{horizon}" width="1200" height="10" fill="{edge}" opacity=".5"/>'
    )


def page(width: int, height: int, *parts: str) -> str:
    """A whole SVG document."""
    filters = (
        '<filter id="soft" x="-50%" y="-150%" width="200%" height="400%"><feGaussianBlur stdDeviation="18"/></filter>'
        '<filter id="haze" x="-100%" y="-50%" width="300%" height="200%"><feGaussianBlur stdDeviation="7"/></filter>'
        '<filter id="far" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="22"/></filter>'
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><defs>{filters}</defs>{"".join(parts)}</svg>'
    )
