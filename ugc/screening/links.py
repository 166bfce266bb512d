"""Whether the words lead elsewhere: addresses of pages and mailboxes, also disguised ("exemple point com")."""

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ugc.screening.screen import PASS, Circumstances, ReviewText, Screen, ScreenCode, Span, TextField, Verdict
from ugc.tables.reviews import ScreenOutcome

if TYPE_CHECKING:
    from linkify_it import LinkifyIt

# endings people spell out; a bare "point fr" needs a word before it that could be a host
_ENDINGS = "com|net|org|fr|be|ch|ca|eu|info|shop|store|biz|tw|cn|hk|co|io|me"
_DISGUISED = re.compile(
    rf"""(?<![\w.])[a-z0-9][a-z0-9-]{{1,62}}
    (?:\s*[\[({{<]\s*(?:\.|dot|point|punto|點|点)\s*[\])}}>]\s*|\s+(?:dot|point)\s+|\s*[點点]\s*|\s+\.\s*|\s*\.\s+(?=(?:{_ENDINGS})\b\s*(?:/|$)))
    (?:{_ENDINGS})(?![\w-])""",
    re.IGNORECASE | re.VERBOSE,
)


def look(text: ReviewText, _circumstances: Circumstances) -> Verdict:
    """Withhold a text that holds an address, plain or disguised; only its author may take it out."""
    plain_links = [span for field, words in text.fields() for span in _links(field, words)]
    if plain_links:
        return Verdict(ScreenOutcome.WITHHOLD, ScreenCode.LINK, tuple(plain_links))
    disguised = [span for field, words in text.fields() for span in _disguised(field, words)]
    return Verdict(ScreenOutcome.WITHHOLD, ScreenCode.DISGUISED_LINK, tuple(disguised)) if disguised else PASS


def leads_elsewhere(words: str) -> bool:
    """Whether a line of text, such as a name, holds an address, plain or disguised."""
    return bool(_links(TextField.TITLE, words) or _disguised(TextField.TITLE, words))


def _links(field: TextField, words: str) -> list[Span]:
    found = _linkify().match(words) or []
    return [Span(field, match.index, match.last_index, match.url) for match in found if not _is_lost_space(match.raw)]


def _is_lost_space(raw: str) -> bool:
    """Whether a sentence ends and the next one starts with what happens to be a country's code ("bon.Je")."""
    host, _, ending = raw.rpartition(".")
    return ending.istitle() and ending.isalpha() and "." not in host and ":" not in host and "@" not in host


def _disguised(field: TextField, words: str) -> list[Span]:
    return [Span(field, hit.start(), hit.end(), hit.group()) for hit in _DISGUISED.finditer(words)]


@lru_cache(maxsize=1)
def _linkify() -> "LinkifyIt":
    # its rules take a while to compile: a start need not wait for the first review
    from linkify_it import LinkifyIt

    return LinkifyIt()


SCREEN = Screen("links", "1", look)
