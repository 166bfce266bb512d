"""Which of the places that hold a text's words are its own, and which could as well be another's? Names and dates
beside them are signatures.py's.

A place belongs to the text that explains most of it. What lies inside a whole other text belongs to that one, however
many of our words it uses.
"""

from collections.abc import Iterator

from seo.matching import PARTIAL, PRESENT, SHINGLE, Match, TextIndex, runs
from seo.wanted import Rival, Wanted

_MOST_PLACES = 50


def own(wanted: Wanted, index: TextIndex) -> list[Match]:
    """The places that no rival explains better, the fullest first."""
    places = [place for place in index.places(wanted.words) if place.share >= PARTIAL]
    kept = (
        place for place in places if not any(_explains_more(rival, wanted, index, place) for rival in wanted.rivals)
    )
    return sorted(kept, key=lambda place: (-place.runs, place.start))[:_MOST_PLACES]


def shared(wanted: Wanted, index: TextIndex, match: Match) -> list[Rival]:
    """The rivals that explain this place as well; a whole text is not taken for another's part."""
    return [rival for rival in wanted.rivals if _explains_as_much(rival, wanted, index, match)]


def is_taken(wanted: Wanted, index: TextIndex, match: Match) -> bool:
    """Whether so much of this part lies inside whole other texts that no part is left."""
    return match.share < PRESENT and _share_left(wanted, index, match) < PARTIAL


def _explains_more(rival: Rival, wanted: Wanted, index: TextIndex, match: Match) -> bool:
    """Whether all that stands here is the rival's too, and more of it stands around."""
    theirs = any(place.runs > match.runs for place in _there(rival, index, match))
    return theirs and _has_all(rival, wanted, index, match)


def _explains_as_much(rival: Rival, wanted: Wanted, index: TextIndex, match: Match) -> bool:
    if not _has_all(rival, wanted, index, match):
        return False
    return match.share < PRESENT or any(place.share >= PRESENT for place in _there(rival, index, match))


def _has_all(rival: Rival, wanted: Wanted, index: TextIndex, match: Match) -> bool:
    """Whether every run of ours that stands here is the rival's too."""
    if len(wanted.words) < SHINGLE:
        # shorter than a run: it stands inside the rival's place or not at all
        return any(place.start <= match.start and match.end <= place.end for place in _there(rival, index, match))
    here = set(runs(index.words[match.start : match.end])) & set(runs(wanted.words))
    return here <= set(runs(rival.words))


def _share_left(wanted: Wanted, index: TextIndex, match: Match) -> float:
    """How much of the text stands here outside of whole other texts."""
    taken = [place for rival in wanted.rivals for place in _there(rival, index, match) if place.share >= PRESENT]
    ours = set(runs(wanted.words))
    left = {
        run
        for position in range(match.start, max(match.start, match.end - SHINGLE) + 1)
        if (run := index.words[position : position + SHINGLE]) in ours
        and not any(place.start <= position < place.end for place in taken)
    }
    return len(left) / len(ours)


def _there(rival: Rival, index: TextIndex, match: Match) -> Iterator[Match]:
    return (place for place in index.places(rival.words) if place.start < match.end and match.start < place.end)
