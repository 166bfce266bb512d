"""Who may use each field, read from the schema, and every way that leads to a type for those outside its audience."""

from collections.abc import Iterator
from dataclasses import dataclass

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLUnionType,
    get_named_type,
)
from strawberry import Schema
from strawberry.types.field import StrawberryField

from api import audience
from api.audience import Audience
from api.fields import OnlyFor, Requires
from core.identity import Permission

_KEY = "strawberry-definition"
ROOTS = frozenset({"Query", "Mutation", "Subscription"})
# the one field that gives an interface: api.root asks the audience of the type that the id names before it looks
GATED = frozenset({"Query.node"})
_HOW = (
    "Declare it: @seen_by(Permission...) above the type's @strawberry.type (api/audience.py), "
    "requires=... on a field that refuses others, only_for=(...) on one that is null for them (api/fields.py)."
)


@dataclass(frozen=True, slots=True)
class Declared:
    """A field of an object type, and what is declared of it."""

    parent: str
    name: str
    field: GraphQLField
    requires: Permission | None
    only_for: Audience

    @property
    def path(self) -> str:
        """`Type.field`."""
        return f"{self.parent}.{self.name}"

    @property
    def target(self) -> GraphQLNamedType:
        """The type it gives, without lists and bangs."""
        return get_named_type(self.field.type)


def object_types(schema: Schema) -> list[GraphQLObjectType]:
    """The contract's object types, roots included, introspection's left out."""
    named = schema._schema.type_map.values()
    return [kind for kind in named if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__")]


def fields(schema: Schema) -> Iterator[Declared]:
    """Every field of every object type."""
    for kind in object_types(schema):
        for name, made in kind.fields.items():
            yield _declared(kind.name, name, made)


def audience_of(kind: GraphQLNamedType) -> Audience | None:
    """What the type's class declares; None for roots and for a type that nobody has declared."""
    definition = kind.extensions.get(_KEY)
    return None if kind.name in ROOTS or definition is None else audience.of_type(definition)


def findings(schema: Schema) -> list[str]:
    """Everything that is not declared, and every way by which a type is reached from outside its audience."""
    undeclared = [
        f"{kind.name} declares no audience. {_HOW}"
        for kind in object_types(schema)
        if kind.name not in ROOTS and not audience_of(kind)
    ]
    return [*undeclared, *(said for each in fields(schema) for said in _of_field(schema, each))]


def _of_field(schema: Schema, each: Declared) -> Iterator[str]:
    if each.parent in ROOTS and each.requires is None:
        yield f"{each.path} is a root field and states no requires=. {_HOW}"
    if isinstance(each.target, GraphQLInterfaceType) and each.path not in GATED:
        yield f"{each.path} gives {each.target.name}: let it give object types, or gate it like Query.node."
    parent = audience_of(schema._schema.type_map[each.parent])
    for kind in _given(each.target):
        there = audience_of(kind) or frozenset()
        if not _is_within(each, parent, there):
            yield (
                f"{each.path} shows {kind.name}, which is for {_said(there)}, to whoever holds "
                f"{_said(_reach(each, parent))}. {_HOW}"
            )


def _given(target: GraphQLNamedType) -> tuple[GraphQLObjectType, ...]:
    if isinstance(target, GraphQLUnionType):
        return tuple(target.types)
    return (target,) if isinstance(target, GraphQLObjectType) else ()


def _is_within(each: Declared, parent: Audience | None, there: Audience) -> bool:
    # every caller who is let in anywhere holds READ_PUBLIC (tests/api/test_audience.py)
    if Permission.READ_PUBLIC in there:
        return True
    ways = [{each.requires} if each.requires else set(), set(each.only_for), set(parent or ())]
    return any(way and way <= there for way in ways)


def _reach(each: Declared, parent: Audience | None) -> Audience:
    return frozenset({each.requires}) if each.requires else each.only_for or parent or frozenset()


def _said(permissions: Audience) -> str:
    return " or ".join(sorted(permissions)) or "nobody"


def _declared(parent: str, name: str, made: GraphQLField) -> Declared:
    strawberry_field = made.extensions.get(_KEY)
    extensions = strawberry_field.extensions if isinstance(strawberry_field, StrawberryField) else []
    requires = next((each.permission for each in extensions if isinstance(each, Requires)), None)
    only_for = next((each.permissions for each in extensions if isinstance(each, OnlyFor)), frozenset())
    return Declared(parent, name, made, requires, only_for)
