"""The texts that are looked for: their words, their signature, and the other texts they could be mistaken for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from seo import matching, signatures
from seo.matching import PARTIAL, Words
from seo.signatures import Signature
from seo.truth import GoneText, PublishedReview, Truth


@dataclass(frozen=True, slots=True)
class Wanted:
    """One text to be found.

    - `needs_proof`: it is short, or somebody else wrote the very same, so words alone do not tell whose they are.
    - `rivals`: other texts of the shop that hold a good part of this one; what they explain better is theirs.
    """

    id: str
    words: Words
    signature: Signature
    needs_proof: bool
    rivals: tuple[Words, ...] = ()


# a check asks again with every further page it reads
@lru_cache(maxsize=2)
def published(truth: Truth) -> tuple[tuple[PublishedReview, Wanted], ...]:
    """The published reviews that have words, in their order; stars alone cannot be found."""
    texts = _texts(truth)
    rivals = _rivals(texts)
    counted = Counter(texts)
    return tuple(
        (review, Wanted(review.id, words, _signature(review), _needs_proof(words, counted), rivals[words]))
        for review, words in zip(truth.reviews, texts, strict=False)
        if words
    )


def gone(truth: Truth) -> list[tuple[GoneText, Wanted]]:
    """The texts that must be gone and have words; one that is also published is none of them."""
    texts = _texts(truth)
    rivals = _rivals(texts)
    still_public = set(texts[: len(truth.reviews)])
    return [
        (text, Wanted(text.id, words, signatures.of(text.author, None), matching.is_short(words), rivals[words]))
        for text, words in zip(truth.gone, texts[len(truth.reviews) :], strict=True)
        if words and words not in still_public
    ]


def _texts(truth: Truth) -> list[Words]:
    return [matching.tokens(text) for text in (*(each.text for each in truth.reviews), *(g.text for g in truth.gone))]


def _signature(review: PublishedReview) -> Signature:
    return signatures.of(review.author, review.published_at, locale=review.locale)


def _needs_proof(words: Words, counted: Counter[Words]) -> bool:
    return matching.is_short(words) or counted[words] > 1


def _rivals(texts: Sequence[Words]) -> dict[Words, tuple[Words, ...]]:
    """For each text the others that hold at least that much of it as makes a part."""
    indexes = {words: matching.TextIndex(words) for words in texts}
    holders = _holders(indexes)
    return {
        words: tuple(
            other
            for other, shared in _sharing(words, holders).items()
            if other != words and shared >= PARTIAL and indexes[other].find(words).share >= PARTIAL
        )
        for words in indexes
    }


def _holders(texts: Iterable[Words]) -> dict[Words, list[Words]]:
    held: dict[Words, list[Words]] = defaultdict(list)
    for words in texts:
        for run in set(matching.runs(words)):
            held[run].append(words)
    return held


def _sharing(words: Words, holders: dict[Words, list[Words]]) -> dict[Words, float]:
    """By text, the share of these words' runs that it holds anywhere."""
    own = set(matching.runs(words))
    counted = Counter(other for run in own for other in holders[run])
    return {other: count / len(own) for other, count in counted.items()}
