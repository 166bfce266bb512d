"""Which fields are everybody's, and so which answers a shared cache may keep. Said beside each field; asked here.

An answer is shared when a storefront's visitor, who has shown nothing but its publishable key, asked by GET for
nothing but such fields, and got them without an error. What says nothing of itself is not shared.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any, TypeVar, cast

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionSetNode,
    get_named_type,
)
from strawberry.extensions import SchemaExtension

from core.identity import CallerKind

Kind = TypeVar("Kind", bound=type[Any])

SHARED = "shared"
_TYPES: set[type] = set()
_DEFINITION = "strawberry-definition"


def shared(kind: Kind) -> Kind:
    """A type whose plain attributes every visitor of a storefront sees alike. Its resolvers say so themselves."""
    _TYPES.add(kind)
    return kind


@lru_cache(maxsize=8)
def shared_fields(schema: GraphQLSchema) -> frozenset[tuple[str, str]]:
    """(type, field) of all that is everybody's."""
    return frozenset(
        (kind.name, name)
        for kind in schema.type_map.values()
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType)
        for name, field in kind.fields.items()
        if _says_so(kind.extensions.get(_DEFINITION), field.extensions.get(_DEFINITION))
    )


def _says_so(kind: Any, field: Any) -> bool:  # noqa: ANN401 - strawberry's definitions
    if kind is None or field is None:
        return False
    if field.base_resolver is not None:
        return bool(field.metadata.get(SHARED))
    # a generic's concrete type is made from the declared one; a subclass decides for itself
    return (kind.concrete_of or kind).origin in _TYPES


def is_shared(schema: GraphQLSchema, document: DocumentNode, operation_name: str | None) -> bool:
    """Whether the operation of a valid document asks for nothing but what is everybody's."""
    operation = next(
        (
            part
            for part in document.definitions
            if isinstance(part, OperationDefinitionNode)
            and (operation_name is None or (part.name is not None and part.name.value == operation_name))
        ),
        None,
    )
    if operation is None or schema.query_type is None or operation.operation.value != "query":
        return False
    return _Walk(schema, document).holds(operation.selection_set, schema.query_type)


class _Walk:
    """Looks at each field of an operation once, and at each fragment once."""

    def __init__(self, schema: GraphQLSchema, document: DocumentNode) -> None:
        self._schema = schema
        self._shared = shared_fields(schema)
        self._fragments = {
            part.name.value: part for part in document.definitions if isinstance(part, FragmentDefinitionNode)
        }
        self._seen: set[str] = set()

    def holds(self, selections: SelectionSetNode, parent: Any) -> bool:  # noqa: ANN401 - any composite type
        return all(self._part(part, parent) for part in selections.selections)

    def _part(self, part: object, parent: Any) -> bool:  # noqa: ANN401 - any composite type
        if isinstance(part, FieldNode):
            return self._field(part, parent)
        if isinstance(part, InlineFragmentNode):
            condition = part.type_condition
            return self.holds(part.selection_set, self._schema.type_map[condition.name.value] if condition else parent)
        fragment = self._fragments[cast("FragmentSpreadNode", part).name.value]
        if fragment.name.value in self._seen:
            return True
        self._seen.add(fragment.name.value)
        return self.holds(fragment.selection_set, self._schema.type_map[fragment.type_condition.name.value])

    def _field(self, part: FieldNode, parent: Any) -> bool:  # noqa: ANN401 - any composite type
        name = part.name.value
        if name == "__typename":
            return True
        if (parent.name, name) not in self._shared:
            return False
        return part.selection_set is None or self.holds(part.selection_set, get_named_type(parent.fields[name].type))


class Sharing(SchemaExtension):
    """Marks the request's provenance when its answer is everybody's."""

    def on_execute(self) -> Iterator[None]:
        """Look at the document only when the caller and the outcome leave it open."""
        yield
        asked = self.execution_context
        if not _is_visitors_get(asked.context):
            return
        # what is streamed has no errors yet, and is no answer to keep either
        if getattr(asked.result, "errors", True):
            return
        document = cast("DocumentNode", asked.graphql_document)
        asked.context.provenance.is_shared = is_shared(asked.schema._schema, document, asked.operation_name)


def _is_visitors_get(context: Any) -> bool:  # noqa: ANN401 - api.context reads this module's neighbours
    request = context.request
    return (
        request is not None
        and request.method == "GET"
        and "authorization" not in request.headers
        and context.caller.kind is CallerKind.VISITOR
    )
