"""What an answer was read from: the surrogate keys of its rows, gathered as it is made. Headers are api.caching's."""

from collections.abc import Iterable
from functools import singledispatch

from core.paging import Page
from loyalty.tables import EarningRule, Program, Reward, Tier
from publishing import surrogate_keys
from shop.queries.products import ProductRow
from shop.tables import Storefront
from ugc.queries.published import PublishedReview

# 16 kB is what caches take as one header; a key has 27 characters at most
MOST_KEYS = 500


class Provenance:
    """Of one request: the keys that a cache would renew its answer by, and whether a cache may have it at all.

    `is_shared` is false until api.sharing has seen an answer that is everybody's.
    """

    def __init__(self) -> None:
        self.is_shared = False
        self._keys: set[str] = set()
        self._is_nameless = False

    def note(self, value: object) -> None:
        """Keep what rows are read, whatever they are wrapped in."""
        if isinstance(value, Page):
            value = value.items
        if type(value) in {list, tuple}:
            for row in value:  # type: ignore[attr-defined]
                self._keys.update(keys_of(row))
        else:
            self._keys.update(keys_of(value))

    def note_list(self, key: str) -> None:
        """Keep that a list was read, which changes with rows that it does not have yet."""
        self._keys.add(key)

    def must_be_named(self, value: object) -> None:
        """Keep caches from an answer with a row that no key stands for: nothing would renew it."""
        found = list(keys_of(value))
        self._keys.update(found)
        self._is_nameless = self._is_nameless or not found

    def keys(self) -> list[str]:
        """The keys in order; none when caches cannot file the answer under them."""
        if self._is_nameless or len(self._keys) > MOST_KEYS:
            return []
        return sorted(self._keys)


@singledispatch
def keys_of(_row: object) -> Iterable[str]:
    """The keys of one row: none for what is only ever shown as a part of something that has some."""
    return ()


@keys_of.register
def _of_product(row: ProductRow) -> Iterable[str]:
    return (surrogate_keys.of_product(row.id),)


@keys_of.register
def _of_review(row: PublishedReview) -> Iterable[str]:
    return (surrogate_keys.of_product(row.product_id),)


@keys_of.register(Program)
@keys_of.register(EarningRule)
@keys_of.register(Tier)
@keys_of.register(Reward)
def _of_program(_row: object) -> Iterable[str]:
    return (surrogate_keys.PROGRAMS,)


@keys_of.register
def _of_storefront(_row: Storefront) -> Iterable[str]:
    return (surrogate_keys.STOREFRONTS,)
