"""Exact sums that become whole points once. Which amounts count is order_points' to say."""

from fractions import Fraction
from math import ceil, floor, lcm
from typing import assert_never

from core.rounding import half_up, largest_remainder
from loyalty.tables import Rounding

ONCE = 10_000
_MILLION = 1_000_000


def multiplier(basis_points: int) -> Fraction:
    """10,000 basis points are once."""
    return Fraction(basis_points, ONCE)


def converted(amount_minor: Fraction, rate_micros: int | None) -> Fraction:
    """In the program's minor units; None: it is in the program's currency already."""
    return amount_minor if rate_micros is None else amount_minor * rate_micros / _MILLION


def whole(exact: Fraction, rounding: Rounding) -> int:
    """The one rounding of an order's points."""
    match rounding:
        case Rounding.FLOOR:
            return floor(exact)
        case Rounding.HALF_UP:
            return half_up(exact.numerator, exact.denominator)
        case Rounding.CEIL:
            return ceil(exact)
        case _:
            assert_never(rounding)


def split(total: int, parts: list[Fraction]) -> list[int]:
    """`total` by largest remainder in proportion to `parts`; it sums to `total` exactly."""
    common = lcm(*(part.denominator for part in parts))
    return largest_remainder(total, [int(part * common) for part in parts])
