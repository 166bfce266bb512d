"""How large a document may be, told before it is validated. One walk that visits each fragment once.

A page of pages of pages is a short document with a long answer, so fields also count by how often they may be answered.

Strawberry's own limiters walk a fragment again at every spread, which 18 chained fragments turn into seconds, and
validation is quadratic in repeated fields. So this pass comes first, and is linear in the document.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    IntValueNode,
    OperationDefinitionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
)
from strawberry.extensions import SchemaExtension

from api.errors import ApiError
from core.paging import DEFAULT_PAGE, MAX_PAGE

MAX_TOKENS = 2000
MAX_COMMENTS = 50
MAX_LENGTH = 20_000
MAX_DEPTH = 20
MAX_FIELDS = 1000
MAX_DIRECTIVES = 20
MAX_REPEATS = 20
# values in an answer: 100 products with 10 reviews each and all their fields are 30,000
MAX_VALUES = 40_000
# lists that are no pages: a family and an order have at most 500
_LONG_LISTS = {"products": 500, "lines": 500}
_PAGE_FIELDS = frozenset({"nodes", "edges"})


@dataclass(frozen=True, slots=True)
class Size:
    """Of a selection: how deep it goes, how many fields it asks for, and how many values may answer them.

    Fragments are written out; the numbers stop beyond their limits.
    """

    depth: int
    fields: int
    values: int


class DocumentLimits(SchemaExtension):
    """Refuses documents over a limit with DOCUMENT_TOO_LARGE, before validation."""

    def on_operation(self) -> Iterator[None]:
        """Bound what the parser reads."""
        options = cast("dict[str, int]", self.execution_context.parse_options)
        options["max_lexical_tokens"] = MAX_TOKENS
        options["max_comments"] = MAX_COMMENTS
        options["max_source_length"] = MAX_LENGTH
        yield

    def on_parse(self) -> Iterator[None]:
        """Measure what was parsed."""
        yield
        document = self.execution_context.graphql_document
        if document is None:
            return
        excess = Measure(document, self.execution_context.variables).excess()
        if excess is not None:
            name, limit = excess
            # validation does not run on a document that is refused here
            self.execution_context.graphql_document = None
            raise too_large(name, limit)


def too_large(name: str, limit: int) -> ApiError:
    """The refusal, naming the limit."""
    return ApiError(
        "DOCUMENT_TOO_LARGE", f"This document has more {name} than the {limit} allowed. Ask for less at once."
    )


class Measure:
    """The sizes of one document; each fragment is measured once."""

    def __init__(self, document: DocumentNode, variables: Mapping[str, object] | None = None) -> None:
        self._variables = variables or {}
        self._operations = [part for part in document.definitions if isinstance(part, OperationDefinitionNode)]
        self._fragments = {
            part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)
        }
        self._defaults = {
            variable.variable.name.value: variable.default_value
            for part in self._operations
            for variable in part.variable_definitions or ()
        }
        self._measured: dict[str, Size] = {}
        self._directives = 0
        self._repeats = 0

    def excess(self) -> tuple[str, int] | None:
        """The first limit that the document is over, with its value."""
        sizes = [self._selection(part.selection_set, ()) for part in self._operations]
        # fragments that nothing spreads are validated too
        sizes += [self._fragment(name, ()) for name in self._fragments]
        found = (
            ("levels", MAX_DEPTH, max((size.depth for size in sizes), default=0)),
            ("fields", MAX_FIELDS, max((size.fields for size in sizes), default=0)),
            ("values in its answer", MAX_VALUES, max((size.values for size in sizes), default=0)),
            ("directives", MAX_DIRECTIVES, self._directives),
            ("repetitions of a field", MAX_REPEATS, self._repeats),
        )
        return next(((name, limit) for name, limit, value in found if value > limit), None)

    def _selection(self, selections: SelectionSetNode | None, within: tuple[str, ...]) -> Size:
        if selections is None:
            return Size(0, 0, 0)
        self._count_repeats(selections)
        depth = fields = values = 0
        for part in selections.selections:
            self._directives += len(part.directives or ())
            if isinstance(part, FieldNode):
                inner = self._selection(part.selection_set, within)
                size = Size(inner.depth + 1, inner.fields + 1, 1 + self._times(part) * inner.values)
            elif isinstance(part, FragmentSpreadNode):
                size = self._fragment(part.name.value, within)
            else:
                size = self._selection(part.selection_set, within)  # type: ignore[attr-defined]
            depth, fields = max(depth, size.depth), min(fields + size.fields, MAX_FIELDS + 1)
            values = min(values + size.values, MAX_VALUES + 1)
        return Size(depth, fields, values)

    def _times(self, field: FieldNode) -> int:
        """How many objects may answer a field: most have one."""
        # a page's items count as those of a default page, since they may stand in a fragment that knows no `first`;
        # the field with `first` adds what it asks for beyond that
        if field.name.value in _PAGE_FIELDS:
            return DEFAULT_PAGE
        first = next((given.value for given in field.arguments or () if given.name.value == "first"), None)
        if first is not None:
            return -(-self._number(first) // DEFAULT_PAGE)
        return 1 if _is_page(field) else _LONG_LISTS.get(field.name.value, 1)

    def _number(self, value: ValueNode) -> int:
        name = value.name.value if isinstance(value, VariableNode) else None
        if name is not None and name not in self._variables:
            value = self._defaults.get(name) or value
        told = self._variables.get(name) if name is not None else None
        if isinstance(value, IntValueNode):
            told = int(value.value[:9])
        # what is out of range is refused by the field itself, and what is no number by validation
        return min(max(told, 1), MAX_PAGE) if isinstance(told, int) else MAX_PAGE

    def _fragment(self, name: str, within: tuple[str, ...]) -> Size:
        fragment = self._fragments.get(name)
        if fragment is None or name in within:
            return Size(0, 0, 0)  # unknown and circular fragments are validation's to refuse
        if name not in self._measured:
            self._measured[name] = self._selection(fragment.selection_set, (*within, name))
        return self._measured[name]

    def _count_repeats(self, selections: SelectionSetNode) -> None:
        keys = Counter(
            (part.alias or part.name).value if isinstance(part, FieldNode) else type(part).__name__
            for part in selections.selections
        )
        self._repeats = max(self._repeats, *keys.values(), 0)


def _is_page(field: FieldNode) -> bool:
    parts = field.selection_set.selections if field.selection_set else ()
    return any(isinstance(part, FieldNode) and part.name.value in _PAGE_FIELDS for part in parts)
