"""How large a document may be, told before it is validated. One walk that visits each fragment once.

A page of pages of pages is a short document with a long answer, so fields also count by how often they may be answered:
api.cost has the arithmetic, and the same walk gives the cost.

Strawberry's own limiters walk a fragment again at every spread, which 18 chained fragments turn into seconds, and
validation is quadratic in repeated fields. So this pass comes first, and is linear in the document.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias, cast

from graphql import (
    DefinitionNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    VariableDefinitionNode,
)
from strawberry.extensions import SchemaExtension

from api.cost import NOTHING, Answered, PageSizes, of_leaves
from api.error_codes import ErrorCode
from api.errors import ApiError, no_such_operation
from core.paging import DEFAULT_PAGE

MAX_TOKENS = 2000
MAX_COMMENTS = 50
MAX_LENGTH = 20_000
MAX_DEPTH = 20
MAX_FIELDS = 1000
MAX_ALIASES = 100
MAX_DEFINITIONS = 100
MAX_VARIABLES = 100
MAX_DIRECTIVES = 20
# of one field, fragment or operation: there are four that may stand together
MAX_DIRECTIVES_AT_ONCE = 5
MAX_REPEATS = 20
# values in an answer: 100 products with 10 reviews each and all their fields are 30,000
MAX_VALUES = 40_000
_Directed: TypeAlias = OperationDefinitionNode | FragmentDefinitionNode | VariableDefinitionNode | SelectionNode
_DIRECTED = (OperationDefinitionNode, FragmentDefinitionNode, VariableDefinitionNode)


@dataclass(frozen=True, slots=True)
class Size:
    """Of a selection: how deep it goes, how many fields it asks for, and what answers them.

    Fragments are written out; the numbers stop beyond their limits.
    """

    depth: int = 0
    fields: int = 0
    answered: Answered = NOTHING


class DocumentLimits(SchemaExtension):
    """Refuses documents over a limit with DOCUMENT_TOO_LARGE, before validation. `cost`: of one that was measured."""

    cost: int | None = None

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
        measure = Measure(document, self.execution_context.variables)
        excess = measure.excess()
        if excess is not None:
            # validation does not run on a document that is refused here
            self.execution_context.graphql_document = None
            raise too_large(*excess)
        if measure.is_ambiguous and self.execution_context._provided_operation_name is None:
            # strawberry would run the first
            raise no_such_operation()
        self.cost = measure.cost(self.execution_context.operation_name)


def too_large(name: str, limit: int) -> ApiError:
    """The refusal, naming the limit."""
    return ApiError(
        ErrorCode.DOCUMENT_TOO_LARGE, f"This document has more {name} than the {limit} allowed. Ask for less at once."
    )


class Measure:
    """The sizes of one document; each fragment is measured once. `visited` counts the nodes that were looked at."""

    def __init__(self, document: DocumentNode, variables: Mapping[str, object] | None = None) -> None:
        self.visited = 0
        self._operations = [part for part in document.definitions if isinstance(part, OperationDefinitionNode)]
        self._fragments = {
            part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)
        }
        self._pages = PageSizes(self._operations, variables or {})
        self._measured: dict[str, Size] = {}
        self._definitions = len(document.definitions)
        self._variables = sum(len(part.variable_definitions or ()) for part in self._operations)
        self._directives = self._most_at_once = 0
        for part in document.definitions:
            self._count_directives(part)
        self._aliases = 0
        self._repeats = 0
        self._sizes = [self._selection(part.selection_set, ()) for part in self._operations]
        # fragments that nothing spreads are validated too
        self._all = self._sizes + [self._fragment(name, ()) for name in self._fragments]

    def excess(self) -> tuple[str, int] | None:
        """The first limit that the document is over, with its value."""
        values = (size.answered.values.on_pages(DEFAULT_PAGE) for size in self._all)
        found = (
            ("operations and fragments", MAX_DEFINITIONS, self._definitions),
            ("variables", MAX_VARIABLES, self._variables),
            ("levels", MAX_DEPTH, max((size.depth for size in self._all), default=0)),
            ("fields", MAX_FIELDS, self._fields()),
            ("aliases", MAX_ALIASES, self._aliases),
            ("values in its answer", MAX_VALUES, max(values, default=0)),
            ("directives", MAX_DIRECTIVES, self._directives),
            ("directives in one place", MAX_DIRECTIVES_AT_ONCE, self._most_at_once),
            ("repetitions of a field", MAX_REPEATS, self._repeats),
        )
        return next(((name, limit) for name, limit, value in found if value > limit), None)

    @property
    def is_ambiguous(self) -> bool:
        """Whether the request must name the operation that is to run."""
        return len(self._operations) > 1

    def cost(self, operation_name: str | None = None) -> int:
        """The objects that may answer the operation of this name; of the dearest, when none has it."""
        costs = {
            part.name.value if part.name else None: size.answered.objects.on_pages(DEFAULT_PAGE)
            for part, size in zip(self._operations, self._sizes, strict=True)
        }
        return costs.get(operation_name, max(costs.values(), default=0))

    def _fields(self) -> int:
        # a fragment that nothing spreads is read as well
        largest = max((size.fields for size in self._all), default=0)
        return max(largest, sum(size.fields for size in self._sizes))

    def _selection(self, selections: SelectionSetNode, within: tuple[str, ...]) -> Size:
        self._count_repeats(selections)
        depth = fields = leaves = 0
        answered = NOTHING
        for part in selections.selections:
            self.visited += 1
            self._directed(part)
            if isinstance(part, FieldNode):
                self._aliases += part.alias is not None
                if part.selection_set is None:
                    leaves += 1
                    continue
            size = self._part(part, within)
            depth, fields = max(depth, size.depth), min(fields + size.fields, MAX_FIELDS + 1)
            answered += size.answered
        return Size(max(depth, min(leaves, 1)), min(fields + leaves, MAX_FIELDS + 1), answered + of_leaves(leaves))

    def _part(self, part: SelectionNode, within: tuple[str, ...]) -> Size:
        if isinstance(part, FragmentSpreadNode):
            return self._fragment(part.name.value, within)
        if isinstance(part, InlineFragmentNode):
            return self._selection(part.selection_set, within)
        field = cast("FieldNode", part)
        inner = self._selection(cast("SelectionSetNode", field.selection_set), within)
        return Size(inner.depth + 1, inner.fields + 1, self._pages.answered(field, inner.answered))

    def _fragment(self, name: str, within: tuple[str, ...]) -> Size:
        fragment = self._fragments.get(name)
        if fragment is None or name in within:
            return Size()  # unknown and circular fragments are validation's to refuse
        if name not in self._measured:
            self._measured[name] = self._selection(fragment.selection_set, (*within, name))
        return self._measured[name]

    def _count_repeats(self, selections: SelectionSetNode) -> None:
        keys = Counter(
            (part.alias or part.name).value if isinstance(part, FieldNode) else type(part).__name__
            for part in selections.selections
        )
        self._repeats = max(self._repeats, *keys.values(), 0)

    def _count_directives(self, definition: DefinitionNode) -> None:
        variables = definition.variable_definitions or () if isinstance(definition, OperationDefinitionNode) else ()
        for part in (definition, *variables):
            if isinstance(part, _DIRECTED):
                self._directed(part)

    def _directed(self, part: _Directed) -> None:
        found = len(part.directives or ())
        self._directives += found
        self._most_at_once = max(self._most_at_once, found)
