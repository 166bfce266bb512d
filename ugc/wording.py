"""Words made fit to keep. Making them comparable is ugc.screening.wording's."""

import re
import unicodedata

_BLANK_LINES = re.compile(r"\n{3,}")
_INNER_SPACES = re.compile(r"[^\S\n]+")
# letters that no reader sees, and marks that turn the direction of the text after them
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_KEPT = frozenset("\n\u200d")  # a zero-width joiner holds emoji together


def clean(text: str) -> str:
    """Plain text as it is kept: NFC, one kind of line end, nothing invisible, no runs of spaces or blank lines."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    lines = (_INNER_SPACES.sub(" ", line).strip() for line in _visible(composed).split("\n"))
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _visible(text: str) -> str:
    # nearly every text has nothing to hide, which the string itself can tell a hundred times faster
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        character for character in text if character in _KEPT or unicodedata.category(character) not in _INVISIBLE
    )
