"""Is this number to be read in a text? With dot or comma, rounded as pages round. What is seen is documents.py's."""

import re
from decimal import ROUND_HALF_UP, Decimal

_STEPS = (Decimal("0.1"), Decimal("0.01"))


def is_shown(number: Decimal, text: str) -> bool:
    """Whether the number stands there, as it is or rounded to one or two decimals, and not within a longer one."""
    return any(re.search(_pattern(form), text) for form in _forms(number))


def _forms(number: Decimal) -> set[str]:
    rounded = {number, *(number.quantize(step, ROUND_HALF_UP) for step in _STEPS)}
    # 4.60 is written 4.6, and 5.0 is written 5
    return {f"{form.normalize():f}" for form in rounded}


def _pattern(form: str) -> str:
    whole, _, decimals = form.partition(".")
    fraction = f"[.,]{decimals}0*" if decimals else "(?:[.,]0+)?"
    return rf"(?<![\d.,]){re.escape(whole)}{fraction}(?![\d]|[.,]\d)"
