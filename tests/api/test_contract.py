"""schema.graphql is the contract: what the code says, every part described, no field open by accident."""

from pathlib import Path

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLScalarType,
    GraphQLSchema,
)

from api.fields import Requires
from api.root import NODES
from api.schema import build_schema, sdl

ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMA = build_schema()
CORE: GraphQLSchema = SCHEMA._schema
OWN = {name: kind for name, kind in CORE.type_map.items() if not name.startswith("__")}


def test_the_committed_contract_is_what_the_code_says() -> None:
    committed = (ROOT / "schema.graphql").read_text()

    assert committed == sdl(SCHEMA), "run `make schema` and commit schema.graphql"


def _undescribed() -> list[str]:
    missing = []
    for name, kind in OWN.items():
        if name not in {"Boolean", "Int", "String", "ID", "Float"} and not kind.description:
            missing.append(name)
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType):
            for field_name, field in kind.fields.items():
                missing += [] if field.description else [f"{name}.{field_name}"]
                for argument_name, argument in getattr(field, "args", {}).items():
                    missing += [] if argument.description else [f"{name}.{field_name}({argument_name})"]
        if isinstance(kind, GraphQLEnumType):
            missing += [f"{name}.{value_name}" for value_name, value in kind.values.items() if not value.description]
    return missing


def test_every_type_field_argument_and_enum_value_is_described() -> None:
    assert _undescribed() == []


def test_every_scalar_of_ours_says_where_it_is_specified() -> None:
    built_in = {"Boolean", "Int", "String", "ID", "Float"}
    scalars = [kind for name, kind in OWN.items() if isinstance(kind, GraphQLScalarType) and name not in built_in]

    assert [scalar.name for scalar in scalars if not scalar.specified_by_url] == []


def test_every_enum_value_is_upper_case() -> None:
    values = {
        f"{name}.{value}" for name, kind in OWN.items() if isinstance(kind, GraphQLEnumType) for value in kind.values
    }

    assert {value for value in values if value.split(".")[1] != value.split(".")[1].upper()} == set()


@pytest.mark.parametrize("root", ["Query", "Mutation"])
def test_every_root_field_states_who_may_use_it(root: str) -> None:
    definition = SCHEMA.get_type_by_name(root)
    assert definition is not None
    open_fields = [
        field.python_name
        for field in definition.fields  # type: ignore[union-attr]
        if not any(isinstance(extension, Requires) for extension in field.extensions)
    ]

    assert open_fields == []


def test_every_mutation_takes_an_idempotency_key_and_answers_user_errors() -> None:
    mutation = CORE.mutation_type
    assert mutation is not None
    for name, field in mutation.fields.items():
        assert "idempotencyKey" in field.args, name
        payload = CORE.type_map[str(field.type).rstrip("!")]
        assert isinstance(payload, GraphQLObjectType)
        errors = payload.fields["userErrors"]
        error = CORE.type_map[str(errors.type).strip("[]!")]
        assert isinstance(error, GraphQLObjectType)
        assert set(error.fields) == {"code", "field", "message"}, name
        assert isinstance(CORE.type_map[str(error.fields["code"].type).rstrip("!")], GraphQLEnumType), name


def test_node_knows_how_to_find_every_node_type() -> None:
    node = CORE.type_map["Node"]
    assert isinstance(node, GraphQLInterfaceType)
    types = {kind.name for kind in CORE.get_possible_types(node)}

    assert types == set(NODES)
