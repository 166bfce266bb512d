"""Tins, carton, tea bag and loose leaves as SVG, each around its foot. Where they stand is decided elsewhere."""

# ruff: noqa: D103, E501 - a thing's name says what it draws, and path data does not wrap

from random import Random

from examples.seed.drawing.shapes import (
    BRICK,
    CREAM,
    FOREST,
    INK,
    OCHRE,
    RUST,
    SLATE,
    darker,
    group,
    leaf,
    lighter,
    mix,
    round_shade,
    shadow,
    speckles,
)

SERIF = "font-family=\"'Noto Serif', 'DejaVu Serif', serif\" text-anchor=\"middle\""


def leaves(
    seed: int,
    count: int,
    box: tuple[int, int, int, int],
    *,
    colours: tuple[str, ...] = ("#2c221d", "#46352b", "#5a4433"),
) -> str:
    """Dry tea leaves scattered over box (left, top, right, bottom)."""
    draw = Random(seed)  # noqa: S311 - a picture, not a secret
    return "".join(
        f'<path d="M-16 0q14-12 34-2q-16 10-34 2z" fill="{draw.choice(colours)}" transform="translate('
        f"{draw.uniform(box[0], box[2]):.0f} {draw.uniform(box[1], box[3]):.0f}) "
        f'rotate({draw.uniform(0, 360):.0f}) scale({draw.uniform(0.7, 1.4):.2f})"/>'
        for _ in range(count)
    )


def tin(key: str, colour: str, label: str, *, lid: bool = True) -> str:
    """A cylindrical tea tin, 380 wide and 520 high; `label` is drawn in a 300 x 260 field around its centre."""
    parts = [
        shadow(16, 6, 240, 34),
        f"<defs>{round_shade(f'{key}-g', colour, depth=0.42)}{round_shade(f'{key}-p', CREAM, depth=0.22)}",
        f"{round_shade(f'{key}-m', '#b9a27e', depth=0.4)}",
        f'<clipPath id="{key}-l"><path d="M-190-368A190 34 0 0 0 190-368V-96A190 40 0 0 1-190-96Z"/></clipPath></defs>',
        f'<path d="M-190-430V-24A190 42 0 0 0 190-24V-430Z" fill="url(#{key}-g)"/>',
        f'<g clip-path="url(#{key}-l)"><rect x="-190" y="-380" width="380" height="360" fill="url(#{key}-p)"/>',
        group(0, -206, 1, label),
        "</g>",
    ]
    if lid:
        parts += [
            f'<path d="M-196-500V-424A196 40 0 0 0 196-424V-500Z" fill="url(#{key}-g)"/>',
            f'<path d="M-196-422A196 40 0 0 0 196-422" fill="none" stroke="{darker(colour, 0.5)}" stroke-width="6" opacity=".6"/>',
            f'<ellipse cy="-500" rx="196" ry="46" fill="{lighter(colour, 0.2)}"/>',
            f'<ellipse cy="-502" rx="168" ry="36" fill="{lighter(colour, 0.08)}"/>',
        ]
    else:
        parts += [
            f'<ellipse cy="-430" rx="190" ry="46" fill="url(#{key}-m)"/>',
            '<ellipse cy="-428" rx="176" ry="39" fill="#2b211c"/>',
            f'<clipPath id="{key}-o"><ellipse cy="-428" rx="176" ry="39"/></clipPath><g clip-path="url(#{key}-o)">',
            leaves(5, 90, (-170, -430, 170, -380)),
            "</g>",
        ]
    return "".join(parts)


def spruce(x: float, y: float, height: float, colour: str) -> str:
    w = height * 0.36
    tiers = "".join(
        f"M{x} {y - height * a}L{x + w * b} {y - height * c}H{x - w * b}Z"
        for a, b, c in ((1, 0.5, 0.6), (0.78, 0.75, 0.32), (0.5, 1, 0))
    )
    return f'<path d="{tiers}" fill="{colour}"/>'


def slate_night(*, lid: bool = True, key: str = "night") -> str:
    label = "".join(
        [
            f'<rect x="-190" y="-160" width="380" height="300" fill="{lighter(SLATE, 0.1)}" opacity=".92"/>',
            f'<circle cx="62" cy="-62" r="46" fill="{CREAM}"/><circle cx="82" cy="-76" r="42" fill="{lighter(SLATE, 0.1)}"/>',
            *(
                spruce(x, 84, h, darker(SLATE, 0.35))
                for x, h in ((-150, 120), (-96, 160), (-40, 118), (16, 96), (74, 126), (132, 150))
            ),
            f'<rect x="-190" y="64" width="380" height="110" fill="{CREAM}"/>',
            f'<text y="104" {SERIF} font-size="30" letter-spacing="3" fill="{INK}">NUIT D’ARDOISE</text>',
        ]
    )
    return tin(key, SLATE, label, lid=lid)


def belvedere(key: str = "bel") -> str:
    label = "".join(
        [
            f'<rect x="-190" y="-170" width="380" height="300" fill="{lighter("#e7c892", 0.25)}"/>',
            f'<circle cx="-58" cy="-48" r="42" fill="{OCHRE}"/>',
            f'<path d="M-200 20Q-120-60-40 0T110-20 220-20V130H-200Z" fill="{mix(FOREST, "#d8d2a8", 0.5)}"/>',
            f'<path d="M-200 60Q-90-10 10 36T220 10V130H-200Z" fill="{mix(FOREST, "#d8d2a8", 0.2)}"/>',
            f'<path d="M58-8h84l-42-34zM68-8h8v42h-8zM124-8h8v34h-8z" fill="{BRICK}"/>',
            f'<rect x="-190" y="64" width="380" height="110" fill="{CREAM}"/>',
            f'<text y="96" {SERIF} font-size="30" letter-spacing="5" fill="{INK}">OOLONG</text>',
            f'<text y="126" {SERIF} font-size="19" letter-spacing="3" fill="{INK}">DU BELVÉDÈRE</text>',
        ]
    )
    return tin(key, FOREST, label)


def apple(x: float, y: float, r: float) -> str:
    return group(
        x,
        y,
        r / 40,
        f'<path d="M0-30C-50-58-60 40-10 40q10 0 10-4q0 4 10 4C60 40 50-58 0-30Z" fill="{BRICK}"/>',
        f'<path d="M-28-10q4-16 16-18" stroke="{lighter(BRICK, 0.5)}" stroke-width="6" fill="none" stroke-linecap="round"/>',
        f'<path d="M0-30q2-16 10-26" stroke="{RUST}" stroke-width="5" fill="none" stroke-linecap="round"/>',
    )


def orchard_box(key: str = "box") -> str:
    """A carton of infusion, 400 wide and 500 high, with its side to the right."""
    face, side = "#f3dcc6", "#d9b497"
    return "".join(
        [
            shadow(40, 6, 280, 30),
            f'<path d="M200-470L286-512V-30L200 0Z" fill="{side}"/>',
            f'<path d="M-200-470L-108-512H286L200-470Z" fill="{lighter(face, 0.45)}"/>',
            f'<rect x="-200" y="-470" width="400" height="470" fill="{face}"/>',
            f'<rect x="-200" y="-470" width="400" height="42" fill="{BRICK}"/><path d="M200-470L286-512V-472L200-428Z" fill="{darker(BRICK, 0.25)}"/>',
            f'<path d="M-180-330C-80-350 20-300 90-352" fill="none" stroke="{RUST}" stroke-width="9" stroke-linecap="round"/>',
            f'<path d="M-30-326q20 40 10 66M-110-336q-10 30-4 50" fill="none" stroke="{RUST}" stroke-width="6"/>',
            leaf(-150, -340, -60, 0.9, FOREST),
            leaf(-70, -340, -40, 1, "#7f9470"),
            leaf(30, -322, -70, 0.95, FOREST),
            leaf(86, -350, 10, 0.9, "#7f9470"),
            leaf(0, -316, 60, 0.8, "#7f9470"),
            apple(-114, -236, 52),
            apple(-14, -210, 60),
            '<circle cx="92" cy="-268" r="20" fill="#c9543f"/><circle cx="124" cy="-238" r="17" fill="#c9543f"/>',
            f'<path d="M70-312q30 10 24 30M96-300q30 16 28 50" fill="none" stroke="{RUST}" stroke-width="5"/>',
            f'<rect x="-150" y="-124" width="300" height="84" rx="4" fill="{CREAM}"/>',
            f'<text y="-86" {SERIF} font-size="31" letter-spacing="3" fill="{INK}">VERGER</text>',
            f'<text y="-55" {SERIF} font-size="22" letter-spacing="4" fill="{INK}">D’HIVER</text>',
        ]
    )


def muslin_bag(turn: float = 0) -> str:
    return group(
        0,
        0,
        1,
        shadow(0, 4, 90, 14, opacity=0.2),
        '<path d="M-74 0Q-86-96-22-128H22Q86-96 74 0Q0 14-74 0Z" fill="#f4ead9"/>',
        '<path d="M-60-6Q-66-60-20-84Q30-70 58-6Q0 8-60-6Z" fill="#c76a52" opacity=".45"/>',
        speckles(3, 26, ("#8a3f2e", "#d79a5a", "#b2523a"), box=(-50, -60, 50, -4), size=(3, 7)),
        '<path d="M-24-128q24 14 48 0M0-128C20-190 90-170 120-120" fill="none" stroke="#c9b394" stroke-width="5"/>',
        f'<rect x="104" y="-124" width="44" height="52" rx="4" fill="{BRICK}" transform="rotate(12 120 -110)"/>',
        turn=turn,
    )
