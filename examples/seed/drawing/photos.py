"""The customers' snapshots: the wares again, in rooms and gardens. How a camera spoils them is decided in draw."""

# ruff: noqa: D103, E501 - a thing's name says what it draws, and path data does not wrap

from examples.seed.drawing import ceramics, teas
from examples.seed.drawing.shapes import (
    BRICK,
    CREAM,
    DUSK,
    HEMP,
    HONEY,
    OAK,
    OCHRE,
    PEBBLE,
    WALNUT,
    darker,
    group,
    leaf,
    lighter,
    page,
    shadow,
    speckles,
    steam,
)

WIDTH, HEIGHT = 1000, 750


def _scene(*parts: str) -> str:
    return page(WIDTH, HEIGHT, *parts)


def _far(*parts: str) -> str:
    return f'<g filter="url(#far)">{"".join(parts)}</g>'


def _ground(colour: str, top: int) -> str:
    """A wooden top with its grain."""
    boards = "".join(
        f'<path d="M0 {y}H1000" stroke="{darker(colour, 0.25)}" stroke-width="{3 if k % 3 else 6}" opacity=".35"/>'
        for k, y in enumerate(range(top + 24, 750, 31))
    )
    return f'<rect y="{top}" width="1000" height="{750 - top}" fill="{colour}"/>{boards}'


def _wall(colour: str) -> str:
    return f'<rect width="1000" height="750" fill="{colour}"/>'


def lichen_window() -> str:
    panes = "".join(f'<rect x="{x}" y="30" width="330" height="470" fill="#b9c6cc"/>' for x in (60, 430))
    trees = _far(
        '<circle cx="180" cy="380" r="150" fill="#7d8f7c"/><circle cx="640" cy="420" r="170" fill="#8a977f"/>'
        '<circle cx="420" cy="470" r="120" fill="#6f8272"/>'
    )
    rain = speckles(8, 170, ("#eef4f6", "#dfe9ec"), box=(60, 30, 760, 500), size=(1.5, 5))
    frame = '<path d="M40 10H780V520H40ZM60 30V500H390V30ZM430 30V500H760V30Z" fill="#efe6d8" fill-rule="evenodd"/>'
    pot = (
        '<path d="M790 560h150l-22-140H812z" fill="#b86f50"/>'
        + leaf(866, 430, -110, 2.2, "#5f7a58")
        + leaf(866, 430, -60, 2, "#7b9270")
        + leaf(866, 430, -140, 1.9, "#4f6a4c")
    )
    sill = '<rect y="540" width="1000" height="210" fill="#e9dcc8"/><rect y="540" width="1000" height="12" fill="#b9a58a"/>'
    return _scene(_wall("#d8cbb8"), panes, trees, rain, frame, sill, pot, group(420, 668, 1.02, ceramics.lichen()))


def sel_books() -> str:
    spines = [("#7d4a3a", 620, 0), ("#d8b36a", 560, 24), ("#54636c", 640, -12), ("#e8dcc6", 520, 30)]
    books = "".join(
        f'<rect x="{180 + dx}" y="{650 - 56 * k}" width="{width}" height="54" rx="5" fill="{colour}"/>'
        f'<rect x="{204 + dx}" y="{662 - 56 * k}" width="{width - 120}" height="5" fill="#fff" opacity=".35"/>'
        for k, (colour, width, dx) in enumerate(spines)
    )
    lamp = '<circle cx="880" cy="120" r="260" fill="#ffd99a" opacity=".75"/>'
    return _scene(
        _wall("#8a6a55"), _far(lamp), '<path d="M800 60h170l40 150H760z" fill="#f7dfb4"/>',
        _ground(WALNUT, 690), books, group(450, 486, 0.86, ceramics.salt()),
    )  # fmt: skip


def brique_chip() -> str:
    chip = (
        '<path d="M-92-470q16 46 52 40q26-6 40 6q20-2 26-40q-58 10-118-6z" fill="#e08b4e"/>'
        '<path d="M-86-462q20 34 48 30q28-6 42 4" fill="none" stroke="#7a3521" stroke-width="4"/>'
    )
    mug = ceramics.brick()
    window = _far('<rect x="60" y="-60" width="330" height="300" fill="#fff3dc"/>')
    front = '<g transform="translate(0 72)">' + chip + "</g>"
    return _scene(_wall("#c9b8a4"), window, _ground("#a8835f", 560), group(470, 1010, 1.9, mug, front, turn=-4))


def galet_garden() -> str:
    green = _far(
        '<rect width="1000" height="520" fill="#9db07f"/>',
        *(
            f'<circle cx="{x}" cy="{y}" r="{r}" fill="{c}"/>'
            for x, y, r, c in (
                (120, 120, 150, "#6f8f5b"), (380, 60, 130, "#c7d39a"), (640, 190, 170, "#7f9c63"), (880, 90, 140, "#e8e3a9"),
                (250, 360, 120, "#87a56a"), (860, 380, 150, "#5f7f50"), (520, 330, 80, "#e9b7a0"), (700, 40, 60, "#fff6cf"),
            )
        ),
    )  # fmt: skip
    sun = "".join(
        f'<ellipse cx="{x}" cy="{y}" rx="70" ry="24" fill="#fff3c4" opacity=".4"/>'
        for x, y in ((160, 640), (420, 720), (860, 600))
    )
    cup = group(840, 668, 0.4, ceramics.salt())
    return _scene(green, _ground("#b9a890", 500), sun, group(450, 680, 0.86, ceramics.teapot()), cup)


def galet_drip() -> str:
    puddle = '<ellipse cx="190" cy="664" rx="120" ry="26" fill="#8a5a30" opacity=".75"/><ellipse cx="170" cy="656" rx="46" ry="8" fill="#f4dcb8" opacity=".6"/>'
    drop = '<path d="M152 418q-10 90-2 150" stroke="#8a5a30" stroke-width="7" fill="none" stroke-linecap="round"/><path d="M150 590q-20 34 0 40q20-6 0-40z" fill="#8a5a30"/>'
    dribble = '<path d="M-396-370q40 50 62 86t40 66 60 60" stroke="#8a5a30" stroke-width="10" fill="none" stroke-linecap="round"/>'
    return _scene(
        _wall("#ddd0bd"), _far('<rect x="620" width="300" height="330" fill="#f6ecd9"/>'), _ground(OAK, 470),
        puddle, group(530, 690, 0.92, ceramics.teapot(), dribble), drop,
    )  # fmt: skip


def bol_breakfast() -> str:
    checks = "".join(
        f'<rect x="{x}" y="{y}" width="100" height="60" fill="{BRICK}" opacity="{0.75 if (x // 100 + (y - 450) // 60) % 2 else 0.25}"/>'
        for x in range(0, 1000, 100)
        for y in range(450, 750, 60)
    )
    bread = (
        '<g transform="translate(790 600) rotate(-14)"><rect x="-170" y="-60" width="340" height="112" rx="52" fill="#c98d4e"/>'
        '<rect x="-156" y="-46" width="312" height="74" rx="36" fill="#f0d9ae"/><path d="M-120-30q120 26 250 4v34q-120 30-250 0z" fill="#f7e7a4"/></g>'
    )
    jar = '<path d="M90 560V360h130v200q-66 26-130 0z" fill="#a63a2e"/><rect x="82" y="330" width="146" height="44" rx="8" fill="#e9e0cf"/><rect x="104" y="420" width="102" height="70" fill="#f7efe0"/>'
    return _scene(
        _wall("#cfd8d6"), f'<rect y="450" width="1000" height="300" fill="{CREAM}"/>', checks,
        shadow(160, 566, 90, 16), jar, shadow(790, 656, 190, 20), bread, group(440, 690, 0.98, ceramics.bowl()), steam(430, 330, 0.9),
    )  # fmt: skip


def ardoise_tin() -> str:
    lid = '<g transform="translate(770 640)"><ellipse cy="22" rx="150" ry="46" fill="#2c353d"/><ellipse rx="150" ry="46" fill="#5d6974"/><ellipse rx="126" ry="36" fill="#4a5660"/></g>'
    spoon = '<g transform="translate(560 700) rotate(-12)"><rect y="-7" width="250" height="13" rx="6" fill="#c9b288"/><ellipse cx="-20" rx="62" ry="30" fill="#b89f74"/></g>'
    return _scene(
        _wall("#4b4038"), _far('<circle cx="820" cy="120" r="170" fill="#e5a765" opacity=".55"/>'), _ground("#5b3f2f", 470),
        group(330, 650, 1.02, teas.slate_night(lid=False)), shadow(780, 674, 170, 20), lid, spoon, teas.leaves(2, 60, (500, 660, 640, 720)),
    )  # fmt: skip


def oolong_leaves() -> str:
    cups = "".join(
        f'{shadow(x + 8, y + 12, 104, 100)}<circle cx="{x}" cy="{y}" r="100" fill="#f3ede2"/><circle cx="{x}" cy="{y}" r="84" fill="#d9a04e"/>'
        f'<circle cx="{x - 26}" cy="{y - 28}" r="18" fill="#f7dfa8" opacity=".7"/>'
        for x, y in ((790, 210), (830, 500))
    )
    gaiwan = (
        f'{shadow(372, 392, 270, 262)}<circle cx="360" cy="375" r="266" fill="#e6ded0"/><circle cx="360" cy="375" r="222" fill="#f8f3ea"/>'
        '<circle cx="360" cy="375" r="196" fill="#c58f45"/><clipPath id="gw"><circle cx="360" cy="375" r="196"/></clipPath>'
    )
    wet = '<g clip-path="url(#gw)">' + "".join(
        leaf(360 + 120 * dx, 375 + 120 * dy, turn, 1.35, colour)
        for dx, dy, turn, colour in (
            (-1, -0.6, 20, "#4f5a35"), (-0.4, -1, 70, "#5f6b3d"), (0.3, -0.8, 130, "#465231"), (0.9, -0.2, 160, "#6b7444"),
            (-1.1, 0.2, -20, "#5b643b"), (-0.3, 0, 40, "#3f4a2d"), (0.2, 0.3, -60, "#6a5a36"), (0.7, 0.7, 200, "#4f5a35"),
            (-0.7, 0.9, -40, "#66703f"), (0, 1.1, -90, "#535e38"), (0.1, -0.3, 10, "#75793f"), (-0.6, 0.4, 100, "#4a5530"),
        )
    ) + "</g>"  # fmt: skip
    return _scene(_wall("#6d4e39"), _ground("#7a573f", 0), gaiwan, wet, cups)


def nappe_table() -> str:
    plates = "".join(
        f'{shadow(x + 8, y + 10, 128, 122)}<circle cx="{x}" cy="{y}" r="124" fill="#f4efe5"/><circle cx="{x}" cy="{y}" r="88" fill="#fbf8f1"/>'
        f'<rect x="{x - 44}" y="{y - 62}" width="88" height="124" rx="6" fill="{OCHRE}"/><path d="M{x - 44} {y - 6}h88v14h-88z" fill="{darker(OCHRE, 0.25)}"/>'
        f'<path d="M{x + 156} {y - 96}v200M{x - 156} {y - 96}v200" stroke="#a9a49a" stroke-width="11" stroke-linecap="round"/>'
        for x, y in ((240, 210), (740, 210), (240, 590), (740, 590))
    )
    cloth = f'<rect x="0" y="0" width="1000" height="750" fill="{HEMP}"/>' + "".join(
        f'<path d="M0 {y}q250 {9 if y % 2 else -9} 500 0t500 0" stroke="{lighter(HEMP, 0.4)}" stroke-width="3" fill="none" opacity=".6"/>'
        for y in range(15, 750, 34)
    )
    hem = f'<rect x="948" width="52" height="750" fill="{DUSK}"/>'
    sprig = "".join(leaf(490, 400 - 40 * k, -60 if k % 2 else -120, 1.1, "#6f8465") for k in range(-4, 6))
    stem = '<path d="M490 600Q496 400 488 180" stroke="#5a6a4c" stroke-width="7" fill="none"/>'
    return _scene(cloth, hem, stem, sprig, plates)


def ocre_wash() -> str:
    line = '<path d="M-20 150Q500 200 1020 140" stroke="#6d5a48" stroke-width="6" fill="none"/>'
    cloths = "".join(
        f'<path d="M{x} {y}l196 {d}q10 150-6 300q-90 18-186-4q-14-150-4-296z" fill="{tone}"/>'
        f'<rect x="{x + 12}" y="{y - 22}" width="16" height="54" rx="4" fill="#d9b78a"/><rect x="{x + 164}" y="{y - 22 + d}" width="16" height="54" rx="4" fill="#d9b78a"/>'
        for x, y, d, tone in ((60, 160, 6, "#dba047"), (300, 174, 2, "#d99a3d"), (540, 174, -4, "#c98726"))
    )
    shirt = '<path d="M770 164l70 20 70-24 70 60-36 50-30-22 6 240q-80 16-160 0l6-236-34 20-34-52z" fill="#f6efdf"/><path d="M800 330q70-30 110 20t-20 90q-80 10-90-110z" fill="#ecc76f" opacity=".75"/>'
    basin = '<path d="M120 600h360l-44 150H164z" fill="#8fa5ac"/><ellipse cx="300" cy="600" rx="180" ry="34" fill="#b5c5c9"/><ellipse cx="300" cy="602" rx="160" ry="26" fill="#e3b64e"/>'
    back = _far(
        '<rect width="1000" height="750" fill="#c5d3c2"/><rect y="520" width="1000" height="230" fill="#93ab7d"/><circle cx="820" cy="80" r="110" fill="#f5efd2"/>'
    )
    return _scene(back, line, cloths, shirt, basin)


def galet_rainy() -> str:
    glass = '<path d="M770 650l-26-190h130l-26 190q-38 14-78 0z" fill="#b5543c" opacity=".8"/><path d="M744 460h130" stroke="#fff" stroke-width="5" opacity=".5"/>'
    cake = f'<path d="M120 640l150-60 60 60v46H120z" fill="{HONEY}"/><path d="M120 640l150-60 60 60z" fill="#f3dfb8"/>'
    return _scene(
        _wall("#65707a"), _far('<rect x="80" y="20" width="420" height="330" fill="#9fb0bb"/><circle cx="860" cy="140" r="120" fill="#f0c27c" opacity=".8"/>'),
        _ground("#57453a", 480), cake, group(500, 680, 0.84, ceramics.teapot(colour=darker(PEBBLE, 0.12))), shadow(808, 656, 70, 12), glass,
    )  # fmt: skip


PHOTOS = {
    "lichen-window": lichen_window,
    "sel-books": sel_books,
    "brique-chip": brique_chip,
    "galet-garden": galet_garden,
    "galet-drip": galet_drip,
    "bol-breakfast": bol_breakfast,
    "ardoise-tin": ardoise_tin,
    "oolong-leaves": oolong_leaves,
    "nappe-table": nappe_table,
    "ocre-wash": ocre_wash,
    "galet-rainy": galet_rainy,
}
