"""Codes for people to read and type: drawn by chance, without signs that look alike. Who owns one is its table's."""

import secrets

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 12


def draw() -> str:
    """Twelve characters, about 59 bits: `7KQ2-M9XD-PA4T`."""
    drawn = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return f"{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"


def normalised(typed: str) -> str:
    """As drawn, whatever case, spaces and dashes it was typed with."""
    signs = "".join(sign for sign in typed.upper() if sign in _ALPHABET)[: _LENGTH + 1]
    return f"{signs[:4]}-{signs[4:8]}-{signs[8:]}"
