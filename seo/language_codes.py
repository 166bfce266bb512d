"""Codes of languages and places as hreflang takes them. Which versions a page declares is alternates.py's."""

import re
from functools import cache

from babel import Locale

# language, then script or place or both: https://developers.google.com/search/docs/specialty/international/localized-versions
_CODE = re.compile(r"(?P<language>[a-z]{2,3})(-(?P<script>[a-z]{4}))?(-(?P<place>[a-z]{2}))?", re.IGNORECASE)
DEFAULT = "x-default"


def is_known(code: str) -> bool:
    """Whether hreflang takes this code: a language of ISO 639-1, or with it a script or a place of ISO 3166-1."""
    if code.lower() == DEFAULT:
        return True
    found = _CODE.fullmatch(code)
    if found is None or len(found["language"]) != 2:
        return False
    languages, places = _known()
    return found["language"].lower() in languages and (found["place"] is None or found["place"].upper() in places)


def language_of(code: str) -> str:
    """The bare language of a code such as fr-CA or zh_Hant; empty for none."""
    found = re.match(r"[A-Za-z]{2,3}", code.strip())
    return found.group().lower() if found else ""


@cache
def _known() -> tuple[frozenset[str], frozenset[str]]:
    english = Locale("en")
    # UK and EU are reserved and no places that hreflang knows
    return frozenset(english.languages), frozenset(english.territories) - {"UK", "EU", "ZZ"}
