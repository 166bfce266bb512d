"""How large a document may be, told before it is validated. One walk that visits each fragment once.

Strawberry's own limiters walk a fragment again at every spread, which 18 chained fragments turn into seconds, and
validation is quadratic in repeated fields. So this pass comes first, and is linear in the document.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
)
from strawberry.extensions import SchemaExtension

from api.errors import ApiError

MAX_TOKENS = 2000
MAX_COMMENTS = 50
MAX_LENGTH = 20_000
MAX_DEPTH = 20
MAX_FIELDS = 1000
MAX_DIRECTIVES = 20
MAX_REPEATS = 20


@dataclass(frozen=True, slots=True)
class Size:
    """Of a selection: how deep it goes and how many fields it asks for, fragments written out. Both stop at a limit."""

    depth: int
    fields: int


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
        excess = Measure(document).excess()
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

    def __init__(self, document: DocumentNode) -> None:
        self._operations = [part for part in document.definitions if isinstance(part, OperationDefinitionNode)]
        self._fragments = {
            part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)
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
            ("directives", MAX_DIRECTIVES, self._directives),
            ("repetitions of a field", MAX_REPEATS, self._repeats),
        )
        return next(((name, limit) for name, limit, value in found if value > limit), None)

    def _selection(self, selections: SelectionSetNode | None, within: tuple[str, ...]) -> Size:
        if selections is None:
            return Size(0, 0)
        self._count_repeats(selections)
        depth = fields = 0
        for part in selections.selections:
            self._directives += len(part.directives or ())
            if isinstance(part, FieldNode):
                inner = self._selection(part.selection_set, within)
                size = Size(inner.depth + 1, inner.fields + 1)
            elif isinstance(part, FragmentSpreadNode):
                size = self._fragment(part.name.value, within)
            else:
                size = self._selection(part.selection_set, within)  # type: ignore[attr-defined]
            depth, fields = max(depth, size.depth), min(fields + size.fields, MAX_FIELDS + 1)
        return Size(depth, fields)

    def _fragment(self, name: str, within: tuple[str, ...]) -> Size:
        fragment = self._fragments.get(name)
        if fragment is None or name in within:
            return Size(0, 0)  # unknown and circular fragments are validation's to refuse
        if name not in self._measured:
            self._measured[name] = self._selection(fragment.selection_set, (*within, name))
        return self._measured[name]

    def _count_repeats(self, selections: SelectionSetNode) -> None:
        keys = Counter(
            (part.alias or part.name).value if isinstance(part, FieldNode) else type(part).__name__
            for part in selections.selections
        )
        self._repeats = max(self._repeats, *keys.values(), 0)
