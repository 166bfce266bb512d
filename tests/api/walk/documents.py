"""Documents made from the schema: one that asks for a single field, with arguments that have the right shape."""

from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
    is_leaf_type,
    is_required_argument,
    is_required_input_field,
)

from tests.api.declarations import Declared

_TEXT = '"x"'
_VALUES = {
    "Int": "1",
    "MinorUnits": "1",
    "Float": "1.0",
    "Boolean": "true",
    "DateTime": '"2026-01-01T00:00:00Z"',
    "Date": '"2026-01-01"',
    "CurrencyCode": '"EUR"',
    "URL": '"https://shop.example/x"',
}


def of_root(each: Declared) -> str:
    """An operation of this one root field."""
    return f"{each.parent.lower()} {{ {selection(each)} }}"


def selection(each: Declared) -> str:
    """The field with what it must be given; of an object only its type's name."""
    return f"{each.name}{_arguments(each.field)}{'' if is_leaf_type(each.target) else ' { __typename }'}"


def _arguments(made: GraphQLField) -> str:
    wanted = {name: each for name, each in made.args.items() if is_required_argument(each)}
    return f"({_filled(wanted)})" if wanted else ""


def _filled(parts: dict[str, GraphQLArgument] | dict[str, GraphQLInputField]) -> str:
    return ", ".join(f"{name}: {_value(each.type)}" for name, each in parts.items())


def _value(kind: GraphQLInputType) -> str:
    if isinstance(kind, GraphQLNonNull):
        return _value(kind.of_type)
    if isinstance(kind, GraphQLList):
        return f"[{_value(kind.of_type)}]"
    if isinstance(kind, GraphQLEnumType):
        first: str = next(iter(kind.values))
        return first
    if isinstance(kind, GraphQLInputObjectType):
        needed = {name: each for name, each in kind.fields.items() if is_required_input_field(each)}
        return f"{{ {_filled(needed)} }}"
    return _VALUES.get(kind.name, _TEXT)
