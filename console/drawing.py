"""Shares over time as points of a drawing 100 wide and 40 high. The marks themselves are templates'."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

WIDTH = 100.0
HEIGHT = 40.0
_ALL_PPM = 1_000_000


class Point(NamedTuple):
    """A day's share, in millionths, and where it is drawn: x from the left, y from the top."""

    day: date
    ppm: int
    x: float
    y: float


def line(shares: Sequence[tuple[date, int | None]]) -> list[Point]:
    """A point for each day that has a share, apart as the days are; all of it is at the top."""
    told = [(day, ppm) for day, ppm in shares if ppm is not None]
    if not told:
        return []
    first, last = told[0][0], told[-1][0]
    span = (last - first).days or 1
    return [
        Point(day, ppm, round((day - first).days / span * WIDTH, 2), round(HEIGHT - ppm / _ALL_PPM * HEIGHT, 2))
        for day, ppm in told
    ]
