"""The schema: every room's part, put together. The parts stand in api/<room>."""

from typing import Any

import strawberry
from strawberry.extensions import ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter
from strawberry.tools import create_type
from strawberry.types.base import StrawberryObjectDefinition, StrawberryType

from api.errors import ShownErrors
from api.root import RootQuery
from api.scalars import SCALARS
from api.viewer import ViewerQuery

_CODES = "ErrorCode"


class ContractNames(NameConverter):
    """`UserError[SubmitReviewErrorCode]` is SubmitReviewUserError in the contract."""

    def from_generic(self, generic_type: StrawberryObjectDefinition, types: list[StrawberryType | type]) -> str:
        """The generic's name behind that of what it holds."""
        return super().from_generic(generic_type, types).replace(f"{_CODES}UserError", "UserError")


@strawberry.type(description="Everything that can be read.")
class Query(RootQuery, ViewerQuery):
    """All rooms' root fields."""


MUTATIONS: list[Any] = []


def build_schema() -> strawberry.Schema:
    """The one schema of /graphql; `schema.graphql` is its text."""
    return strawberry.Schema(
        query=Query,
        mutation=create_type("Mutation", MUTATIONS, description="Everything that can be done.") if MUTATIONS else None,
        config=StrawberryConfig(
            name_converter=ContractNames(),
            scalar_map=SCALARS,
            sort_schema=True,
            disable_field_suggestions=True,
        ),
        extensions=[ShownErrors, lambda: ParserCache(maxsize=512), lambda: ValidationCache(maxsize=512)],
    )


def sdl(schema: strawberry.Schema) -> str:
    """The contract's text, sorted, with a closing newline."""
    return schema.as_str().rstrip() + "\n"
