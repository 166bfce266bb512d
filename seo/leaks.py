"""Texts that must be gone and are still there. Published reviews are sightings.py's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from seo import occurrences, wanted
from seo.documents import Document
from seo.findings import Evidence
from seo.truth import GoneText, Truth
from seo.wanted import Wanted


@dataclass(frozen=True, slots=True)
class Leak:
    """A text that should be gone and is there; `is_certain` is False when it is too short to tell."""

    gone: GoneText
    evidence: Evidence
    is_certain: bool


def leaks(truth: Truth, documents: Iterable[Document]) -> tuple[Leak, ...]:
    """The gone texts that are still drawn or in the source; a text that is also published is no leak."""
    documents = tuple(documents)
    found = ((text, _leak(text, sought, documents)) for text, sought in wanted.gone(truth))
    return tuple(leak for _, leak in found if leak)


def _leak(gone: GoneText, sought: Wanted, documents: Sequence[Document]) -> Leak | None:
    doubtful = None
    for document in documents:
        drawn = occurrences.drawn(sought, document)
        if drawn and drawn.is_whole and drawn.is_proven:
            return Leak(gone, drawn.evidence, is_certain=True)
        if drawn and drawn.is_whole:
            doubtful = doubtful or Leak(gone, drawn.evidence, is_certain=False)
        inert = occurrences.inert(sought, document)
        if inert and inert.is_proven:
            return Leak(gone, inert.evidence, is_certain=True)
    return doubtful
