"""Texts made comparable: normal forms that remember where each character came from. What is looked for, screens say."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass

_LEET = str.maketrans("01345$@", "oieassa")
_CJK = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_SPACES = re.compile(r"\s+")


def plain(text: str) -> str:
    """Compatibility forms unfolded, accents and case dropped: "Ｄébile" gives "debile"."""
    if text.isascii():
        return text.lower()
    return "".join(_plain_character(character) for character in unicodedata.normalize("NFKC", text))


def body_hash(body: str) -> str:
    """The same for bodies that differ only in case, accents, punctuation and spaces; empty for a body without words."""
    words = "".join(character if character.isalnum() else " " for character in plain(body))
    kept = _SPACES.sub(" ", words).strip()
    return hashlib.sha256(kept.encode()).hexdigest() if kept else ""


def weight(text: str) -> int:
    """How many characters there are to read: a run of spaces is one, and a Chinese character says as much as two."""
    kept = _SPACES.sub(" ", text).strip()
    return len(kept) + len(_CJK.findall(kept))


@dataclass(frozen=True, slots=True)
class Traced:
    """A normal form with, for each of its characters, the offset in the original that it came from."""

    text: str
    origins: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The [start, end) of the original that gave [start, end) of the normal form."""
        return self.origins[start], self.origins[end - 1] + 1


def traced(text: str, *, leet: bool) -> Traced:
    """`plain`, character by character; with `leet`, digits and signs that stand for letters become them ("sc4m")."""
    if text.isascii():
        lower = text.lower()
        return Traced(lower.translate(_LEET) if leet else lower, tuple(range(len(text))))
    characters: list[str] = []
    origins: list[int] = []
    for offset, character in enumerate(text):
        for part in plain(character):
            characters.append(part.translate(_LEET) if leet else part)
            origins.append(offset)
    return Traced("".join(characters), tuple(origins))


def _plain_character(character: str) -> str:
    # decomposing Hangul and kana would only split what is one letter
    if character.isascii():
        return character.lower()
    parts = unicodedata.normalize("NFKD", character.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))
