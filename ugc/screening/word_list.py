"""Whether a word of the suspect lists in words/ occurs. A hit asks for a person's eyes; it rejects nothing."""

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from ugc.screening.screen import PASS, Circumstances, ReviewText, Screen, ScreenCode, Span, TextField, Verdict
from ugc.screening.wording import plain, traced
from ugc.tables.reviews import ScreenOutcome

LANGUAGES = ("en", "fr", "zh")
# written without spaces: found anywhere; in any text, since no other language's letters can meet them by chance
_UNSPACED = frozenset({"zh"})


@dataclass(frozen=True, slots=True)
class WordList:
    """One language's words as one pattern over normalised text, and the hash of the file they came from."""

    pattern: re.Pattern[str]
    version: str


def look(text: ReviewText, _circumstances: Circumstances) -> Verdict:
    """Queue a text with a word of the lists for its language, compared without case, accents and digits for letters.

    A language without a list is held against all of them.
    """
    spans = [span for field, words in text.fields() for span in _hits(field, words, _languages(text.locale))]
    return Verdict(ScreenOutcome.QUEUE, ScreenCode.SUSPECT_WORD, tuple(spans)) if spans else PASS


def _languages(locale: str) -> list[str]:
    own = locale.replace("_", "-").partition("-")[0].lower()
    chosen = {own} if own in LANGUAGES else set(LANGUAGES)
    return sorted(chosen | _UNSPACED)


def _hits(field: TextField, words: str, languages: list[str]) -> list[Span]:
    found: dict[tuple[int, int], Span] = {}
    # digits as digits and as letters: "sc4m" is caught, and a word with a digit of its own stays findable
    for form in (traced(words, leet=False), traced(words, leet=True)):
        for language in languages:
            for hit in word_list(language).pattern.finditer(form.text):
                start, end = form.original(hit.start(), hit.end())
                found.setdefault((start, end), Span(field, start, end, hit.group()))
    return [found[place] for place in sorted(found)]


@lru_cache(maxsize=len(LANGUAGES))
def word_list(language: str) -> WordList:
    """The list that ships for a language: one word a line, `#` for comments."""
    content = (resources.files("ugc.screening") / "words" / f"{language}.txt").read_text(encoding="utf-8")
    lines = (line.strip() for line in content.splitlines())
    words = sorted(
        {plain(line) for line in lines if line and not line.startswith("#")}, key=lambda word: (-len(word), word)
    )
    alternatives = "|".join(map(re.escape, words))
    whole = f"(?:{alternatives})" if language in _UNSPACED else rf"(?<!\w)(?:{alternatives})(?!\w)"
    return WordList(re.compile(whole), hashlib.sha256(content.encode()).hexdigest()[:12])


def _version() -> str:
    return ",".join(f"{language}:{word_list(language).version}" for language in LANGUAGES)


SCREEN = Screen("word_list", _version(), look)
