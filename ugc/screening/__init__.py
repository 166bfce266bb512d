"""The screens in the order in which they speak, one a file. Running and storing them is ugc.screening.pipeline's."""

from ugc.screening import length, links, premoderation, repeated_text, word_list
from ugc.screening.screen import Screen

SCREENS: tuple[Screen, ...] = (
    length.SCREEN,
    repeated_text.SCREEN,
    word_list.SCREEN,
    links.SCREEN,
    premoderation.SCREEN,
)
