"""Integer rounding that several rooms must share to the last digit. Money's own rules are core.money's."""


def half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` rounded half away from zero; `denominator` is positive."""
    doubled = (2 * abs(numerator) + denominator) // (2 * denominator)
    return doubled if numerator >= 0 else -doubled


def mean_tenths(total_stars: int, count: int) -> int | None:
    """The mean rating in tenths of a star, half up; None when nothing is rated.

    The one function behind API, page, markup and feed, so that they can never show two figures.
    """
    return half_up(10 * total_stars, count) if count > 0 else None


def largest_remainder(total: int, weights: list[int]) -> list[int]:
    """Split `total` (>= 0) in proportion to `weights` (>= 0) so that the parts sum to it exactly.

    Each part is cut down first; what is left goes one by one to the largest remainders, earlier lines first.
    All weights zero: everything goes to the first line.
    """
    whole = sum(weights)
    if whole == 0:
        return [total if index == 0 else 0 for index in range(len(weights))]
    parts = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda index: (-(total * weights[index] % whole), index))
    for index in by_remainder[: total - sum(parts)]:
        parts[index] += 1
    return parts
