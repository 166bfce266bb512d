"""Closed sets as the contract tells them: a sentence for each value. What a value does is its room's."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import TypeVar

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from api.error_meanings import MEANINGS

Kind = TypeVar("Kind", bound=type[Enum])


def described(of: Kind, *, description: str, values: Mapping[str, str], name: str | None = None) -> Kind:
    """Give the enum to the contract. `values` has one sentence for each name; too few or too many is a KeyError."""
    strawberry.enum(of, name=name, description=description)
    definition: StrawberryEnumDefinition = of.__strawberry_definition__  # type: ignore[attr-defined]
    if unknown := values.keys() - {value.name for value in definition.values}:
        raise KeyError(f"{of.__name__} has no {', '.join(sorted(unknown))}")
    for value in definition.values:
        value.description = values[value.name]
    return of


def error_codes(description: str, **own: str) -> Callable[[Kind], Kind]:
    """The codes of one mutation's userErrors. `own` has what one means here and not elsewhere."""

    def describe(codes: Kind) -> Kind:
        values = {code.name: own.get(code.name) or MEANINGS[code.name] for code in codes}
        return described(codes, description=description, values=values)

    return describe
