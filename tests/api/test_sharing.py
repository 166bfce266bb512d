"""Openness is a decision: each field that caches may keep is listed here, and nothing else ever leaves as public."""

from collections.abc import Iterator
from typing import Any

import pytest
from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
    is_composite_type,
    is_required_argument,
)
from sqlmodel import Session

from api.schema import build_schema
from api.sharing import shared_fields
from core.identity import SCOPES, Permission, Role
from core.ids import from_public, to_public
from publishing import surrogate_keys
from tests.api.conftest import Api, Callee
from tests.api.reading import get, is_public, keys
from tests.make import loyalty as make_loyalty
from tests.make import shop as make
from tests.make import ugc as make_ugc

CORE: GraphQLSchema = build_schema()._schema
_PAGED = {"PageInfo": "endCursor hasNextPage hasPreviousPage startCursor"}
# what may be kept: whoever adds a field to a shared type, or shares a resolver, decides it here once more
DECIDED = {
    "EarningRule": "endsAt friendPoints id kind memberLimit minOrderMinor perMinor points startsAt version",
    "Money": "amountMinor currencyCode",
    "Node": "id",
    "Photo": "height id renditions review status url version width",
    "PhotoRendition": "height size url width",
    "Product": "availability brand category description externalId family gtin handle id imageHeight imageUrl "
    "imageWidth markup mpn name openForReviews photos price ratingSummary reviewList reviews sku updatedAt url version",
    "ProductFamily": "externalId id name products",
    "ProductMarkup": "head jsonLd microdata openGraph twitter",
    "MembershipPlan": "active eligibility entitlements graceDays handle id months name price priceRise program "
    "retryDays trialDays version warnDays",
    "PlanEntitlement": "amount code kind",
    "Program": "clawback currency expiryDates handle id jsonLd kind lastDay lotDays lotMonths lotRoundUp "
    "lotRoundUpMonth minimumAge name pendingDays plans refundMethod reinstateDays returnedDays "
    "revision rounding rules state termsVersion tierBasis tierFall tierGraceDays tierOrBasis "
    "tierTerm tierTermDay tierTermMonth tierTermMonths tierTermYears tierWarningDays tierWindow "
    "tierWindowMonths tiers zone",
    "Query": "node product products programs storefront",
    "RatingBucket": "count rating",
    "RatingSummary": "count histogram mean meanTenths photoReviewCount reviewCount",
    "Review": "author body experiencedOn id incentivised locale origin photoCount photos product publishedAt rating "
    "source title updatedAt verification",
    "ReviewAuthor": "displayName",
    "ReviewList": "canonicalUrl html nextUrl page pageCount previousUrl",
    "Storefront": "currency handle id locale name origin productUrl timeZone",
    "Tier": "benefits earlyAccessMinutes id multiplierBasisPoints name neverDowngrade orThreshold position threshold",
    **_PAGED,
}


def test_every_field_that_caches_may_keep_was_decided_on() -> None:
    found: dict[str, set[str]] = {}
    for kind, name in shared_fields(CORE):
        found.setdefault(kind, set()).add(name)
    # a connection is as open as the field that gives it and the things it holds
    wrappers = {kind for kind in found if kind.endswith(("Connection", "Edge"))}

    assert {kind: found[kind] for kind in found.keys() - wrappers} == {
        kind: set(names.split()) for kind, names in DECIDED.items()
    }
    assert {name for kind in wrappers for name in found[kind]} == {"cursor", "edges", "node", "nodes", "pageInfo"}


def test_nothing_that_asks_for_a_permission_beyond_the_publics_is_shared() -> None:
    for kind, name in shared_fields(CORE):
        field = CORE.type_map[kind].fields[name].extensions["strawberry-definition"]  # type: ignore[attr-defined]
        needed = {extension.permission for extension in field.extensions if hasattr(extension, "permission")}
        assert needed <= {Permission.READ_PUBLIC}, (kind, name)


class Documents:
    """For each root field, documents that ask it for everything, or for all that is shared, some levels deep."""

    def __init__(self, arguments: dict[str, str]) -> None:
        self._arguments = arguments

    def of(self, root: str, *, shared_only: bool) -> str:
        """One document."""
        query = CORE.query_type
        assert query is not None
        selected = self._selected(query.fields[root].type, shared_only=shared_only, depth=3)
        return f"{{ {root}{self._arguments.get(root, '')}{selected} }}"

    def _selected(self, kind: Any, *, shared_only: bool, depth: int) -> str:  # noqa: ANN401 - any output type
        named = get_named_type(kind)
        if not is_composite_type(named):
            return ""
        parts = ["__typename", *self._fields(named, shared_only=shared_only, depth=depth)]
        if isinstance(named, GraphQLInterfaceType):
            parts += [
                f"... on {each.name} {self._selected(each, shared_only=shared_only, depth=depth - 1)}"
                for each in map(CORE.get_type, ("Review",))
                if isinstance(each, GraphQLObjectType)
            ]
        return f" {{ {' '.join(parts)} }}"

    def _fields(self, kind: Any, *, shared_only: bool, depth: int) -> Iterator[str]:  # noqa: ANN401 - as above
        for name, field in kind.fields.items():
            inner = get_named_type(field.type)
            is_open = (kind.name, name) in shared_fields(CORE)
            needs = any(map(is_required_argument, field.args.values()))
            if needs or (shared_only and not is_open) or (depth <= 0 and is_composite_type(inner)):
                continue
            arguments = "(first: 2)" if "first" in field.args else ""
            yield f"{name}{arguments}{self._selected(field.type, shared_only=shared_only, depth=depth - 1)}"


@pytest.fixture
def documents(api: Api) -> Documents:
    """Over a shop with products of a family, a published and a waiting review, a program and a member."""

    def step(session: Session) -> tuple[int, int]:
        red, blue = make.product(session, "red"), make.product(session, "blue")
        make.family(session, red, blue)
        author = make.customer(session, "c-1", storefront_id=api.storefront.id)
        make_loyalty.program(session)
        review = make_ugc.published_review(session, product_id=red, author_id=author)
        make_ugc.review(session, product_id=blue, author_id=author)
        return red, review

    product, review = api.database.writing(step)
    return Documents(
        {
            "product": f'(id: "{to_public("Product", product)}")',
            "node": f'(id: "{to_public("Review", review)}")',
            "products": "(first: 2)",
        }
    )


def callers(api: Api) -> dict[str, Callee]:
    """Every kind of caller."""
    return {
        "nobody": api.as_nobody(),
        "visitor": api.as_visitor(),
        "customer": api.as_customer("c-1"),
        **{role.value: api.as_staff(role) for role in Role},
        "service": api.as_service(*SCOPES),
    }


def test_nothing_that_is_not_everybodys_leaves_as_public(api: Api, documents: Documents) -> None:
    assert CORE.query_type is not None
    public = set()
    for root in CORE.query_type.fields:
        everything, of_everybody = (documents.of(root, shared_only=only) for only in (False, True))
        for document in {everything, of_everybody}:
            for name, caller in callers(api).items():
                answer = get(caller, document)
                if is_public(answer):
                    public.add((name, root))
                    assert document == of_everybody
                    assert "errors" not in answer.json()
                    assert _products_in(answer.json()) <= set(keys(answer))

    # a visitor, asking for what is shared: and the walk has met each of these roots
    assert public == {("visitor", root) for root in DECIDED["Query"].split()}


def _products_in(answer: Any) -> set[str]:  # noqa: ANN401 - JSON
    """The keys of the products that an answer shows."""
    found = set()
    waiting = [answer]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting.extend(part)
        elif isinstance(part, dict):
            waiting.extend(part.values())
            if part.get("__typename") == "Product":
                number = from_public(part["id"])
                assert number is not None
                found.add(surrogate_keys.of_product(number[1]))
    return found
