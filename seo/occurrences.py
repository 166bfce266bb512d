"""Does this document show this text, and is it this text's own? What that means for a review is sightings.py's.

Words alone do not tell two nearly equal texts apart, nor whose a short text is. So a place belongs to the text that
explains most of it, and where two explain it alike, or the text is short, the author or the date beside it must tell.
"""

from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from seo import signatures
from seo.documents import Document
from seo.findings import Evidence
from seo.matching import PARTIAL, PRESENT, Match, TextIndex, Words
from seo.wanted import Wanted

_TRIES = 50


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a text was found, and how much of it (0 to 1).

    - `is_proven`: it is this text and no other. `begins`: what is there is its beginning.
    """

    share: float
    evidence: Evidence
    is_proven: bool
    begins: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether it counts as the whole text."""
        return self.share >= PRESENT


def drawn(wanted: Wanted, document: Document) -> Occurrence | None:
    """The best occurrence among the words drawn, proven ones first; None when not even a part of it is there."""
    best: Occurrence | None = None
    for match in _candidates(wanted, document.index):
        node = document.index.node(match.start)
        if not (is_proven := _is_certain(wanted, document.index, match)):
            is_proven = node is not None and signatures.is_signed(node, wanted.words, wanted.signature)
        if best is None or (is_proven, match.share) > (best.is_proven, best.share):
            best = Occurrence(match.share, _place(wanted, document, node), is_proven, match.begins)
        if is_proven and match.share >= PRESENT:
            break
    return best


def inert(wanted: Wanted, document: Document) -> Occurrence | None:
    """The first text of the source, undrawn, that holds all of it; short texts are never proven there."""
    for place, index in document.inert:
        for match in _candidates(wanted, index):
            if match.share >= PRESENT:
                evidence = replace(place, url=document.address, review_id=wanted.id)
                return Occurrence(match.share, evidence, _is_certain(wanted, index, match), match.begins)
    return None


def holds(wanted: Wanted, index: TextIndex) -> bool:
    """Whether a text that is no document, such as an answer to a script, has all of it."""
    return any(match.share >= PRESENT for match in _candidates(wanted, index))


def _candidates(wanted: Wanted, index: TextIndex) -> list[Match]:
    """The places that no rival explains better, the fullest first."""
    places = [place for place in index.places(wanted.words) if place.share >= PARTIAL]
    own = [
        place for place in places if not any(_runs_there(rival, index, place) > place.runs for rival in wanted.rivals)
    ]
    return sorted(own, key=lambda place: (-place.runs, place.start))[:_TRIES]


def _is_certain(wanted: Wanted, index: TextIndex, match: Match) -> bool:
    if wanted.needs_proof:
        return False
    return not any(_runs_there(rival, index, match) == match.runs for rival in wanted.rivals)


def _runs_there(rival: Words, index: TextIndex, match: Match) -> int:
    """How many of the rival's runs stand where this match stands."""
    return max(
        (place.runs for place in index.places(rival) if place.start < match.end and match.start < place.end), default=0
    )


def _place(wanted: Wanted, document: Document, node: LexborNode | None) -> Evidence:
    text = " ".join((node.text_content or "").split()) if node is not None else ""
    source = (node.text_content or "").strip().split("\n")[0] if node is not None else ""
    is_pointed_at = len(source) > 3 and not document.is_rendered
    return Evidence(
        text[:80],
        offset=document.page.places.offset(source) if is_pointed_at else None,
        css_path=document.page.places.css_path(node) if node is not None else "",
        url=document.address,
        review_id=wanted.id,
    )
