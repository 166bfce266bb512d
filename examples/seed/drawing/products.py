"""One picture a product: which ware stands on which ground. The wares are drawn in ceramics, teas and linen."""

from examples.seed.drawing import ceramics, linen, teas
from examples.seed.drawing.shapes import BLUSH, CREAM, MIST, OAK, SAGE, SAND, group, mix, page, stage, steam

SIDE = 1200


def _picture(*parts: str) -> str:
    return page(SIDE, SIDE, *parts)


def _tablecloth() -> str:
    laid = group(470, 470, 0.42, ceramics.salt("cup")) + group(710, 476, 0.5, ceramics.bowl("side"))
    return _picture(
        stage("#e3e4dc", "#c9a37c", horizon=930),
        group(600, 770, 1, linen.tablecloth()),
        laid,
    )


def _towel() -> str:
    rail = (
        '<rect y="236" width="1200" height="56" fill="#c79f74"/>'
        '<rect y="286" width="1200" height="10" fill="#8e6a48" opacity=".5"/>'
    )
    pegs = "".join(f'<circle cx="{x}" cy="264" r="20" fill="#9c744e"/>' for x in (180, 1020))
    return _picture(
        f'<rect width="1200" height="1200" fill="{mix(SAGE, CREAM, 0.45)}"/>',
        rail,
        pegs,
        group(600, 270, 1.18, linen.towel()),
    )


PRODUCTS = {
    "mug-brume-lichen": _picture(
        stage("#f3e7d6", "#e2c9a8", arch="#ecd9bf"), steam(560, 400, 1.1), group(575, 960, 1.12, ceramics.lichen())
    ),
    "mug-brume-sel": _picture(
        stage("#cfd4c0", "#b9a485", arch="#bcc4aa"), steam(560, 400, 1.1), group(575, 960, 1.12, ceramics.salt())
    ),
    "mug-brume-brique": _picture(
        stage("#f2ddcb", "#dcb592", arch="#e9c7ab"), steam(560, 400, 1.1), group(575, 960, 1.12, ceramics.brick())
    ),
    "theiere-galet": _picture(
        stage("#efdcc3", "#cfa67c", arch="#e3b98b"), steam(170, 480, 0.9), group(610, 950, 1.12, ceramics.teapot())
    ),
    "bol-matin": _picture(
        stage("#dfe2da", "#c8ab87", arch="#cdd3c9"), steam(560, 500, 1.1), group(600, 960, 1.4, ceramics.bowl())
    ),
    "the-nuit-dardoise": _picture(
        stage("#e6d9cb", "#b98f6a", arch="#d3c3b3"),
        group(570, 960, 1.22, teas.slate_night()),
        teas.leaves(11, 46, (800, 960, 1040, 1040)),
    ),
    "infusion-verger-dhiver": _picture(
        stage(MIST, "#d3b38f", arch="#a9b7b9"),
        group(520, 960, 1.16, teas.orchard_box()),
        group(950, 1010, 1.25, teas.muslin_bag()),
    ),
    "oolong-du-belvedere": _picture(
        stage("#f4e6cd", "#c9a274", arch="#ecd3a4"),
        group(570, 960, 1.22, teas.belvedere()),
        teas.leaves(4, 40, (810, 960, 1030, 1040), colours=("#4b4a33", "#66603c", "#3a3a2a")),
    ),
    "nappe-lisiere": _tablecloth(),
    "serviettes-lisiere-ocre": _picture(
        stage(SAND, "#b98d63", arch="#dfc7a5"), group(585, 940, 1.32, linen.napkins("#d9983a"))
    ),
    "serviettes-lisiere-lin": _picture(
        stage("#dcc3b0", OAK, arch=BLUSH), group(585, 940, 1.32, linen.napkins("#dccfb4", "#7d93a3"))
    ),
    "torchon-damier": _towel(),
}
