"""Tablecloth, napkins and towel as SVG, each around its own origin. Where they stand is decided elsewhere."""

# ruff: noqa: D103, E501 - a thing's name says what it draws, and path data does not wrap

from examples.seed.drawing.shapes import BRICK, CREAM, DUSK, HEMP, RUST, SAND, darker, lighter, mix, shadow


def cloth_fold(x: float, top: float, bottom: float, width: float, colour: str) -> str:
    return f'<path d="M{x} {top}Q{x + width * 0.4} {(top + bottom) / 2} {x - width * 0.3} {bottom}H{x + width}Q{x + width * 0.6} {(top + bottom) / 2} {x} {top}Z" fill="{colour}" opacity=".5"/>'


def tablecloth() -> str:
    """A laid cloth, 1000 wide and 560 high, its front drop in soft folds."""
    front = "M-480-300Q-470-140-500 0Q-440 26-380 0T-250 4-120 0 20 6 150 0 270 4 390 0 500 0Q470-140 480-300Z"
    folds = "".join(cloth_fold(x, -290, 0, 46, darker(HEMP, 0.2)) for x in (-410, -270, -130, 0, 140, 280, 400))
    return "".join(
        [
            shadow(0, 210, 460, 26),
            f'<path d="M-420-40h44v260h-44zM376-40h44v260h-44z" fill="{RUST}"/>',
            '<clipPath id="cloth-f"><path d="' + front + '"/></clipPath>',
            f'<path d="{front}" fill="{HEMP}"/><g clip-path="url(#cloth-f)">{folds}',
            f'<path d="M-520-34Q-440-4-380-32T-250-28-120-32 20-26 150-32 270-28 390-32 520-36V60H-520Z" fill="{DUSK}"/>',
            "</g>",
            f'<path d="M-480-300L-360-450H360L480-300Q0-276-480-300Z" fill="{lighter(HEMP, 0.3)}"/>',
            f'<path d="M-480-300Q0-276 480-300" fill="none" stroke="{darker(HEMP, 0.14)}" stroke-width="4"/>',
            f'<path d="M-120-446L-160-290M130-446L176-290" stroke="{darker(HEMP, 0.1)}" stroke-width="4" opacity=".6"/>',
        ]
    )


def napkins(colour: str, ribbon: str = BRICK) -> str:
    """Four folded napkins in a ribbon, 640 wide and 330 high."""
    layers = []
    for i in range(4):
        y = -56 * i
        tone = mix(colour, darker(colour, 0.2), 0.25 * (i % 2))
        layers.append(
            f'<path d="M-300 {y}Q-330 {y - 28}-300 {y - 54}H300Q322 {y - 28} 300 {y}Z" fill="{tone}"/>'
            f'<path d="M-296 {y - 26}H304" stroke="{darker(colour, 0.26)}" stroke-width="4" opacity=".55"/>'
            f'<path d="M-300 {y - 1}H300" stroke="{darker(colour, 0.4)}" stroke-width="3" opacity=".5"/>'
        )
    weave = "".join(
        f'<path d="M{-290 + 24 * k} -224l58-110" stroke="{lighter(colour, 0.4)}" stroke-width="2" opacity=".35"/>'
        for k in range(25)
    )
    return "".join(
        [
            shadow(0, 4, 330, 28),
            *layers,
            f'<path d="M300-222L364-340V-112L300 0Z" fill="{darker(colour, 0.34)}"/>',
            *(
                f'<path d="M302 {-56 * i}L364 {-56 * i - 112}" stroke="{darker(colour, 0.52)}" stroke-width="4" opacity=".6"/>'
                for i in (1, 2, 3)
            ),
            f'<path d="M-300-222L-236-340H364L300-222Z" fill="{lighter(colour, 0.16)}"/>{weave}',
            f'<path d="M-272-236L-222-328H338L288-236Z" fill="none" stroke="{darker(colour, 0.22)}" stroke-width="4" stroke-dasharray="12 8" opacity=".6"/>',
            f'<path d="M-44-222L20-340H76L12-222V0H-44Z" fill="{ribbon}"/><path d="M-44-222H12V0H-44Z" fill="{darker(ribbon, 0.14)}"/>',
            f'<path d="M14-284C-70-390-120-300 10-276M16-284C120-390 150-290 18-276" fill="{ribbon}" stroke="{darker(ribbon, 0.25)}" stroke-width="4"/>',
            f'<path d="M8-276l-58 66 30 6zM22-276l50 60-32 10z" fill="{darker(ribbon, 0.08)}"/><circle cx="14" cy="-280" r="17" fill="{darker(ribbon, 0.2)}"/>',
        ]
    )


def towel() -> str:
    """A checked towel on a peg, 440 wide and 700 high, hanging from its loop at the origin."""
    side = 88
    squares = "".join(
        f'<rect x="{-220 + side * c}" y="{60 + side * r}" width="{side}" height="{side}" fill="{BRICK}" '
        f'opacity="{0.92 if (r % 2 == 0 and c % 2 == 0) else 0.45}"/>'
        for r in range(8)
        for c in range(5)
        if r % 2 == 0 or c % 2 == 0
    )
    shape = "M-30 34Q-120 50-206 84Q-230 300-214 660Q-120 690-40 664T120 672 216 656Q232 300 208 84Q110 50 30 34Z"
    return "".join(
        [
            f'<g transform="translate(26 22)"><path d="{shape}" fill="#3a2418" opacity=".22" filter="url(#soft)"/></g>',
            f'<clipPath id="towel-c"><path d="{shape}"/></clipPath><g clip-path="url(#towel-c)">',
            f'<rect x="-260" width="520" height="720" fill="{CREAM}"/>{squares}',
            *(
                f'<path d="M{x} 30Q{x * 3} 240 {x * 3.4} 700h{w}Q{x * 3 + w} 240 {x} 30Z" fill="#4a2a1c" opacity=".16"/>'
                for x, w in ((-40, 34), (-12, 40), (20, 34), (44, 30))
            ),
            f'<path d="M-240 640H240" stroke="{SAND}" stroke-width="10"/></g>',
            f'<path d="M-22 40Q-18-6 0-14Q18-6 22 40" fill="none" stroke="{RUST}" stroke-width="9"/>',
            '<circle cy="-12" r="26" fill="#b98a5c"/><circle cx="-6" cy="-18" r="10" fill="#d9b184"/>',
        ]
    )
