"""Where each review is met: the class of every published text, and every text that should be gone but is not.

A review's class is the best way in which a reader without clicks meets it. Classes that need a browser (hidden by CSS,
rendered, shadow roots, after a click) are not told here: what is only in the source is `inert`, with rendering not
evaluated.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from selectolax.lexbor import LexborNode

from seo import matching, signatures
from seo.drawn_text import inert_texts
from seo.findings import Evidence
from seo.matching import PARTIAL, PRESENT, TextIndex
from seo.page import Page
from seo.signatures import Signature
from seo.truth import GoneText, PublishedReview, Truth


class ReviewClass(StrEnum):
    """How a reader meets a review, best first; ambiguous when the text is too short to tell."""

    RAW = "raw"
    IFRAME = "iframe"
    PAGE_N = "page-n"
    TRUNCATED = "truncated"
    INERT = "inert"
    ABSENT = "absent"
    AMBIGUOUS = "ambiguous"


@dataclass(frozen=True)
class Document:
    """A page with the words drawn on it. `chain` is the way from the checked page to it; empty for the page itself."""

    page: Page
    chain: tuple[str, ...] = ()

    @cached_property
    def index(self) -> TextIndex:
        """The words drawn, in order."""
        root = self.page.tree.root
        return matching.index_of_node(root) if root is not None else TextIndex(())

    @cached_property
    def inert(self) -> tuple[tuple[Evidence, TextIndex], ...]:
        """The texts that are in the source and not drawn, each with its container."""
        return tuple(
            (Evidence(text.container, css_path=text.path), matching.index_of_text(text.text))
            for text in inert_texts(self.page)
        )


@dataclass(frozen=True, slots=True)
class Sighting:
    """One published review, its class, the share of its text that was found, and where."""

    review: PublishedReview
    kind: ReviewClass
    share: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Leak:
    """A text that should be gone and is there; `is_certain` is False when it is too short to tell."""

    gone: GoneText
    evidence: Evidence
    is_certain: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    id: str
    words: tuple[str, ...]
    signature: Signature
    needs_proof: bool


def sight(
    truth: Truth, page: Document, *, frames: Sequence[Document], later: Sequence[Document]
) -> tuple[Sighting, ...]:
    """The class of every published review that has words, in the order of the truth; stars alone cannot be indexed."""
    texts = Counter(matching.tokens(review.text) for review in truth.reviews)
    sightings = []
    for review in truth.reviews:
        if not matching.tokens(review.text):
            continue
        wanted = _wanted(review, is_repeated=texts[matching.tokens(review.text)] > 1)
        kind, share, evidence = _class(wanted, page, frames, later)
        if kind is ReviewClass.ABSENT:
            evidence = Evidence(review.text[:60], review_id=review.id)
        sightings.append(Sighting(review, kind, share, evidence))
    return tuple(sightings)


def leaks(truth: Truth, documents: Iterable[Document]) -> tuple[Leak, ...]:
    """The gone texts that are still drawn or in the source; a text that is also published is no leak."""
    published = {matching.tokens(review.text) for review in truth.reviews}
    documents = tuple(documents)
    found = []
    for gone in truth.gone:
        words = matching.tokens(gone.text)
        if words and words not in published:
            wanted = _Wanted(gone.id, words, signatures.of(gone.author, None), matching.is_short(words))
            if leak := _leak(gone, wanted, documents):
                found.append(leak)
    return tuple(found)


def _leak(gone: GoneText, wanted: _Wanted, documents: Sequence[Document]) -> Leak | None:
    doubtful = None
    for document in documents:
        share, evidence, is_proven = _found(wanted, document)
        if share >= PRESENT and is_proven:
            return Leak(gone, evidence, is_certain=True)
        if share >= PRESENT:
            doubtful = doubtful or Leak(gone, evidence, is_certain=False)
        inert = _inert(wanted, document)
        if inert and not wanted.needs_proof:
            return Leak(gone, inert, is_certain=True)
    return doubtful


def _wanted(review: PublishedReview, *, is_repeated: bool) -> _Wanted:
    words = matching.tokens(review.text)
    signature = signatures.of(review.author, review.published_at, locale=review.locale)
    return _Wanted(review.id, words, signature, is_repeated or matching.is_short(words))


def _class(
    wanted: _Wanted, page: Document, frames: Sequence[Document], later: Sequence[Document]
) -> tuple[ReviewClass, float, Evidence]:
    doubt: tuple[ReviewClass, float, Evidence] | None = None
    part: tuple[ReviewClass, float, Evidence] | None = None
    groups = ((ReviewClass.RAW, (page,)), (ReviewClass.IFRAME, frames), (ReviewClass.PAGE_N, later))
    for kind, documents in groups:
        for document in documents:
            share, evidence, is_proven = _found(wanted, document)
            if share >= PRESENT and is_proven:
                return kind, share, evidence
            if share >= PRESENT:
                doubt = doubt or (ReviewClass.AMBIGUOUS, share, evidence)
            elif share >= PARTIAL and not wanted.needs_proof:
                part = part or (ReviewClass.TRUNCATED, share, evidence)
    inert = _inert(wanted, page)
    if inert and wanted.needs_proof:
        doubt = doubt or (ReviewClass.AMBIGUOUS, 1.0, inert)
    if best := part or doubt:
        return best
    return (ReviewClass.INERT, 1.0, inert) if inert else (ReviewClass.ABSENT, 0.0, Evidence(""))


def _found(wanted: _Wanted, document: Document) -> tuple[float, Evidence, bool]:
    index = document.index
    match = index.find(wanted.words)
    if match.share < PARTIAL:
        return 0.0, Evidence(""), False
    if not wanted.needs_proof:
        return match.share, _place(wanted, document, index.node(match.position)), True
    for position in signatures.occurrences(index, wanted.words):
        node = index.node(position)
        if node is not None and signatures.is_signed(node, wanted.words, wanted.signature):
            return match.share, _place(wanted, document, node), True
    return match.share, _place(wanted, document, index.node(match.position)), False


def _inert(wanted: _Wanted, document: Document) -> Evidence | None:
    for place, index in document.inert:
        if index.find(wanted.words).share >= PRESENT:
            return Evidence(place.excerpt, css_path=place.css_path, url=_url(document), review_id=wanted.id)
    return None


def _place(wanted: _Wanted, document: Document, node: LexborNode | None) -> Evidence:
    text = " ".join((node.text_content or "").split()) if node is not None else ""
    source = (node.text_content or "").strip().split("\n")[0] if node is not None else ""
    return Evidence(
        text[:80],
        offset=document.page.places.offset(source) if len(source) > 3 else None,
        css_path=document.page.places.css_path(node) if node is not None else "",
        url=_url(document),
        review_id=wanted.id,
    )


def _url(document: Document) -> str:
    return document.chain[-1] if document.chain else ""
