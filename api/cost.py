"""What an answer costs: the objects in it. Told before it is made, from page sizes, and counted once it is there.

Walking the document is api.limits', in the same pass as its limits; who may spend how much is api.fair_use's.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import FieldNode, IntValueNode, OperationDefinitionNode, ValueNode, VariableNode

from core.paging import DEFAULT_PAGE, MAX_PAGE

# where a sum stops growing, far above every limit
CAP = 1_000_000
# lists that are no pages: a family and an order have at most 500, a delivery shows 20 attempts. Others are short and
# count as one object
_LONG_LISTS = {
    "products": 500,
    "lines": 500,
    "attempts": 20,
    "types": 250,
    "fields": 3,
    "enumValues": 2,
    "directives": 10,
}
# introspection's lists are short on average and its chains mostly end: these are there once in two times
_HALVES = frozenset({"ofType", "interfaces", "possibleTypes", "args", "inputFields"})
_ITEMS = frozenset({"nodes", "edges"})


@dataclass(frozen=True, slots=True)
class Amount:
    """What a selection answers with: `once`, and `each` for every item of the page that the selection stands on.

    A fragment on a connection knows no `first`: its items wait in `each` for the field that does. So a fragment has
    one amount, wherever it is spread.
    """

    once: int = 0
    each: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(min(self.once + other.once, CAP), min(self.each + other.each, CAP))

    def on_pages(self, size: int) -> int:
        """All of it, on a page of `size` items."""
        return min(self.once + size * self.each, CAP)


@dataclass(frozen=True, slots=True)
class Answered:
    """What answers a selection: its objects (their number is the cost), and its values (objects, lists and leaves)."""

    objects: Amount
    values: Amount
    is_page: bool = False

    def __add__(self, other: "Answered") -> "Answered":
        return Answered(self.objects + other.objects, self.values + other.values, is_page=self.is_page or other.is_page)


NOTHING = Answered(Amount(), Amount())


def of_leaves(count: int) -> Answered:
    """What answers that many fields without selections."""
    return Answered(Amount(), Amount(count))


class PageSizes:
    """How many items the fields of one request ask for, by their arguments and the request's variables."""

    def __init__(self, operations: list[OperationDefinitionNode], variables: Mapping[str, object]) -> None:
        self._variables = variables
        self._defaults: dict[str, int] = {}
        # fragments are measured once for all operations: of their defaults for one name, the largest counts
        for variable in (each for part in operations for each in part.variable_definitions or ()):
            name, default = variable.variable.name.value, variable.default_value
            size = DEFAULT_PAGE if default is None else _literal(default)
            self._defaults[name] = max(size, self._defaults.get(name, 1))

    def answered(self, field: FieldNode, inner: Answered) -> Answered:
        """What answers a field with selections of its own, by what answers those.

        - an object: one, and what is in it;
        - a connection: one, what is in it, and `first` times what is in each item;
        - a list: its greatest length times an object; introspection's lists their usual length.
        """
        if field.name.value in _ITEMS:
            return _items(inner)
        if field.name.value in _HALVES:
            return _half(inner)
        size = self._first(field)
        if inner.is_page:
            return _times(1, inner, page=DEFAULT_PAGE if size is None else size)
        return _times(size or _LONG_LISTS.get(field.name.value, 1), inner)

    def _first(self, field: FieldNode) -> int | None:
        given = next((each.value for each in field.arguments or () if each.name.value == "first"), None)
        if not isinstance(given, VariableNode):
            return None if given is None else _literal(given)
        name = given.name.value
        return _page(self._variables[name]) if name in self._variables else self._defaults.get(name, DEFAULT_PAGE)


def _literal(value: ValueNode) -> int:
    return _page(int(value.value[:9]) if isinstance(value, IntValueNode) else None)


def _page(told: object) -> int:
    # what is out of range is refused by the field itself, and what is no number by validation
    return min(max(told, 1), MAX_PAGE) if isinstance(told, int) else MAX_PAGE


def _items(inner: Answered) -> Answered:
    objects, values = inner.objects.on_pages(DEFAULT_PAGE), inner.values.on_pages(DEFAULT_PAGE)
    return Answered(Amount(0, min(1 + objects, CAP)), Amount(1, values), is_page=True)


def _times(count: int, inner: Answered, *, page: int = DEFAULT_PAGE) -> Answered:
    objects, values = inner.objects.on_pages(page), inner.values.on_pages(page)
    return Answered(Amount(min(count * (1 + objects), CAP)), Amount(min(1 + count * values, CAP)))


def _half(inner: Answered) -> Answered:
    whole = _times(1, inner)
    return Answered(Amount((whole.objects.once + 1) // 2), Amount((whole.values.once + 1) // 2))


def spent(data: object) -> int:
    """The objects in an answer's data, the outermost not counted."""
    found = 0
    waiting = list(data.values()) if isinstance(data, dict) else []
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            found += 1
            waiting.extend(part.values())
        elif isinstance(part, list):
            waiting.extend(part)
    return found
