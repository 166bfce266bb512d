"""The texts that are looked for: their words, their signature, and the other texts they could be mistaken for."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar

from seo import matching, signatures
from seo.matching import PARTIAL, Words
from seo.signatures import Signature
from seo.truth import GoneText, PublishedReview, Truth

# half of what makes a part: beside words of other texts it may look like one
_RIVAL_SHARE = PARTIAL / 2
_Part = TypeVar("_Part", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Rival:
    """Another text that holds a good part of one, and those who wrote it."""

    words: Words
    writers: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One text to be found.

    - `needs_proof`: it is short, or somebody else wrote the very same, so words alone do not tell whose they are.
    - `namesakes`: who else wrote the very same. `rivals`: other texts of the shop that hold a good part of this one.
    """

    id: str
    words: Words
    signature: Signature
    needs_proof: bool
    rivals: tuple[Rival, ...] = ()
    namesakes: tuple[Signature, ...] = ()


# a check asks again with every further page it reads
@lru_cache(maxsize=2)
def published(truth: Truth) -> tuple[tuple[PublishedReview, Wanted], ...]:
    """The published reviews that have words, in their order; stars alone cannot be found."""
    texts = _texts(truth)
    signed = _signed(truth)
    writers = _writers(texts, signed)
    rivals = _rivals(writers)
    return tuple(
        (review, _published(review.id, words, signature, writers[words], rivals[words]))
        for review, words, signature in zip(truth.reviews, texts, signed, strict=False)
        if words
    )


def gone(truth: Truth) -> list[tuple[GoneText, Wanted]]:
    """The texts that must be gone and have words; one that is also published is none of them."""
    texts, signed = _texts(truth), _signed(truth)
    rivals = _rivals(_writers(texts, signed))
    count = len(truth.reviews)
    still_public = set(texts[:count])
    return [
        (text, Wanted(text.id, words, signature, matching.is_short(words), rivals[words]))
        for text, words, signature in zip(truth.gone, texts[count:], signed[count:], strict=True)
        if words and words not in still_public
    ]


def _published(
    review_id: str, words: Words, signature: Signature, writers: Sequence[Signature], rivals: tuple[Rival, ...]
) -> Wanted:
    namesakes = tuple(each for each in writers if each is not signature)
    needs_proof = matching.is_short(words) or bool(namesakes)
    return Wanted(review_id, words, signature, needs_proof, rivals, namesakes)


def _texts(truth: Truth) -> list[Words]:
    return [matching.tokens(text) for text in (*(each.text for each in truth.reviews), *(g.text for g in truth.gone))]


def _signed(truth: Truth) -> list[Signature]:
    published = [signatures.of(each.author, each.published_at, locale=each.locale) for each in truth.reviews]
    return [*published, *(signatures.of(each.author, None) for each in truth.gone)]


def _writers(texts: Sequence[Words], signed: Sequence[Signature]) -> dict[Words, list[Signature]]:
    writers: dict[Words, list[Signature]] = defaultdict(list)
    for words, signature in zip(texts, signed, strict=True):
        writers[words].append(signature)
    return writers


def _rivals(writers: dict[Words, list[Signature]]) -> dict[Words, tuple[Rival, ...]]:
    """For each text the others that hold a good part of it."""
    indexes = {words: matching.TextIndex(words) for words in writers if words}
    by_run, by_word = _holders(indexes, matching.runs), _holders(indexes, lambda words: words)
    found: dict[Words, tuple[Rival, ...]] = {(): ()}
    for words in indexes:
        others = _sharing(words, by_run) if len(words) >= matching.SHINGLE else by_word[words[0]]
        alike = [each for each in others if each != words and indexes[each].find(words).share >= _RIVAL_SHARE]
        found[words] = tuple(Rival(each, tuple(writers[each])) for each in alike)
    return found


def _holders(texts: Iterable[Words], parts: Callable[[Words], Iterable[_Part]]) -> dict[_Part, list[Words]]:
    held: dict[_Part, list[Words]] = defaultdict(list)
    for words in texts:
        for part in set(parts(words)):
            held[part].append(words)
    return held


def _sharing(words: Words, holders: dict[Words, list[Words]]) -> list[Words]:
    """The texts that hold that much of these words' runs anywhere."""
    own = set(matching.runs(words))
    counted = Counter(other for run in own for other in holders[run])
    return [other for other, count in counted.items() if count / len(own) >= _RIVAL_SHARE]
