"""Does this document show this text, and is it this text's own? What that means for a review is sightings.py's.

Words alone do not tell two nearly equal texts apart, nor whose a short text is. So a place belongs to the text that
explains most of it, and where two explain it alike, or the text is short, the author or the date beside it must tell.
"""

from dataclasses import dataclass, replace

from selectolax.lexbor import LexborNode

from seo import claims, signatures
from seo.documents import Document
from seo.findings import Evidence
from seo.matching import PRESENT, Match, TextIndex
from seo.wanted import Wanted

_TELLING_PIECE = 0.6


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
    for match in claims.own(wanted, document.index):
        node = document.index.node(match.start)
        is_proven = _is_proven(wanted, document, match, node)
        if is_proven is None:
            continue
        if best is None or (is_proven, match.share) > (best.is_proven, best.share):
            best = Occurrence(match.share, _place(wanted, document, node), is_proven, match.begins)
        if is_proven and match.share >= PRESENT:
            break
    return best


def inert(wanted: Wanted, document: Document) -> Occurrence | None:
    """The first text of the source, undrawn, that holds all of it; short texts are never proven there."""
    for place, index in document.inert:
        for match in claims.own(wanted, index):
            if match.share >= PRESENT:
                evidence = replace(place, url=document.address, review_id=wanted.id)
                is_proven = not wanted.needs_proof and not claims.shared(wanted, index, match)
                return Occurrence(match.share, evidence, is_proven, match.begins)
    return None


def holds(wanted: Wanted, index: TextIndex) -> bool:
    """Whether a text that is no document, such as an answer to a script, has all of it."""
    return any(match.share >= PRESENT for match in claims.own(wanted, index))


def _is_proven(wanted: Wanted, document: Document, match: Match, node: LexborNode | None) -> bool | None:
    """Whether the place is this text's own; None when another's name beside it says that it is not."""
    claimants = claims.shared(wanted, document.index, match)
    is_taken = claims.is_taken(wanted, document.index, match)
    is_told_by_words = not wanted.needs_proof and not claimants and not is_taken
    is_trusted = match.share >= PRESENT or match.begins
    if is_told_by_words and is_trusted:
        return True
    if node is None:
        return False
    if signatures.is_signed(node, wanted.words, wanted.signature):
        return True
    if is_taken:
        return None
    others = (*wanted.namesakes, *(writer for rival in claimants for writer in rival.writers))
    if any(signatures.is_signed(node, wanted.words, other) for other in others):
        return None
    # a piece from its middle, with nobody's name, is more likely a phrase that others use too
    return False if is_trusted or match.share >= _TELLING_PIECE else None


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
