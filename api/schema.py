"""The schema: every room's part, put together. The parts stand in api/<room>."""

from copy import copy
from typing import Any

import strawberry
from graphql import GraphQLError, lexicographic_sort_schema
from strawberry.extensions import AddValidationRules
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter
from strawberry.tools import create_type
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.base import StrawberryObjectDefinition, StrawberryType
from strawberry.types.graphql import OperationType

from api.checking import MAX_ERRORS, CheckedDocuments, Checking, limited
from api.checks.mutations import CHECK_MUTATIONS
from api.checks.queries import CheckQuery
from api.checks.subscriptions import CheckSubscription
from api.context import Context
from api.endpoints.mutations import ENDPOINT_MUTATIONS
from api.endpoints.queries import EndpointQuery
from api.errors import shown
from api.fair_use import FairUse
from api.introspection import ClosedSchemaRule
from api.keys.mutations import KEY_MUTATIONS
from api.keys.queries import KeyQuery
from api.loyalty.mutations import LOYALTY_MUTATIONS
from api.loyalty.queries import LoyaltyQuery
from api.loyalty.subscriptions import LoyaltySubscription
from api.persisted import PersistedDocuments
from api.root import RootQuery
from api.scalars import SCALARS
from api.sharing import Sharing
from api.shop.mutations import SHOP_MUTATIONS
from api.shop.queries import ShopQuery
from api.streams.answers import Answers, answers
from api.streams.parts import WholeAnswers
from api.streams.stream import Stream
from api.ugc.mutations import REVIEW_MUTATIONS
from api.ugc.photo_types import PhotoQuery
from api.ugc.queries import ReviewQuery
from api.ugc.subscriptions import ReviewSubscription
from api.viewer import ViewerQuery

_CODES = "ErrorCode"


class ContractNames(NameConverter):
    """`UserError[SubmitReviewErrorCode]` is SubmitReviewUserError in the contract."""

    def from_generic(self, generic_type: StrawberryObjectDefinition, types: list[StrawberryType | type]) -> str:
        """The generic's name behind that of what it holds."""
        return super().from_generic(generic_type, types).replace(f"{_CODES}UserError", "UserError")


@strawberry.type(description="Everything that is told as it happens.")
class Subscription(CheckSubscription, LoyaltySubscription, ReviewSubscription):
    """All rooms' subscription fields."""


@strawberry.type(description="Everything that can be read.")
class Query(
    RootQuery, CheckQuery, EndpointQuery, KeyQuery, LoyaltyQuery, PhotoQuery, ReviewQuery, ShopQuery, ViewerQuery
):
    """All rooms' root fields."""


MUTATIONS: list[Any] = [
    *CHECK_MUTATIONS,
    *ENDPOINT_MUTATIONS,
    *KEY_MUTATIONS,
    *LOYALTY_MUTATIONS,
    *REVIEW_MUTATIONS,
    *SHOP_MUTATIONS,
]


class Contract(strawberry.Schema):
    """Strawberry's schema; its errors leave as api.errors shows them, those of documents that never ran included."""

    async def execute(self, *arguments: Any, **named: Any) -> ExecutionResult:  # noqa: ANN401 - as strawberry has it
        """As strawberry executes, with every error coded and none raw. A subscription is never one answer."""
        allowed = named.get("allowed_operation_types") or tuple(OperationType)
        named["allowed_operation_types"] = set(allowed) - {OperationType.SUBSCRIPTION}
        result = await super().execute(*arguments, **named)
        if result.errors:
            result.errors = [shown(error) for error in limited(result.errors)]
        return result

    def _get_custom_context_kwargs(
        self, operation_extensions: dict[str, Any] | None = None, *, sync: bool = False
    ) -> dict[str, Any]:
        # the only way that strawberry leaves to graphql-core's own options of an execution
        bounds = {"hide_suggestions": True, "max_coercion_errors": MAX_ERRORS}
        return {**super()._get_custom_context_kwargs(operation_extensions, sync=sync), **bounds}

    async def stream(self, query: str | None, **named: Any) -> Answers:  # type: ignore[override]  # noqa: ANN401
        """As strawberry streams, by the rules of api.streams.answers."""
        context: Context = named.pop("context_value")
        stream = context.stream
        if stream is None:
            stream = Stream(context.account)
            context = context.for_stream(stream)
        run = super().stream

        async def made(own: Context) -> Answers:
            return await run(query, **named, context_value=own, operation_extensions=stream.extensions)

        return answers(context, stream, made)

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Nothing: strawberry would log whole documents, and a shopper's words with them."""


def build_schema(kept: CheckedDocuments | None = None, *, is_closed: bool = False) -> strawberry.Schema:
    """The one schema of /graphql; `schema.graphql` is its text. `is_closed`: without an answer to `__schema`."""
    checked = CheckedDocuments() if kept is None else kept
    return Contract(
        query=Query,
        subscription=Subscription,
        mutation=create_type("Mutation", MUTATIONS, description="Everything that can be done.") if MUTATIONS else None,
        config=StrawberryConfig(
            name_converter=ContractNames(),
            scalar_map=SCALARS,
            disable_field_suggestions=True,
            enable_experimental_incremental_execution=True,
        ),
        extensions=[
            PersistedDocuments,
            FairUse,
            Sharing,
            WholeAnswers,
            lambda: Checking(checked),
            *([lambda: AddValidationRules([ClosedSchemaRule])] if is_closed else []),
        ],
    )


def sdl(schema: strawberry.Schema) -> str:
    """The contract's text, sorted, with a closing newline."""
    # sorted for printing only: the copy that sorting makes has plain enums, which know no Python members
    ordered = copy(schema)
    ordered._schema = lexicographic_sort_schema(schema._schema)
    ordered._schema._strawberry_schema = ordered  # type: ignore[attr-defined]
    return ordered.as_str().rstrip() + "\n"
