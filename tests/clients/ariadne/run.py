"""What a Python back end does through the client that ariadne-codegen makes.

Query, errors, mutation, pages, a persisted query, a subscription.
"""

import asyncio
import contextlib
import hashlib
import json
import os
import uuid
from collections.abc import Awaitable
from typing import Any

from fidelio_client import (
    Fidelio,
    GraphQLClientGraphQLMultiError,
    ModerateReviewInput,
    ReviewDecision,
    SubmitReviewErrorCode,
    SubmitReviewInput,
)
from fidelio_client.base_model import UNSET

ENDPOINT = f"{os.environ['FIDELIO_URL']}/graphql"
VISITOR = {"Fidelio-Storefront-Key": os.environ["FIDELIO_STOREFRONT_KEY"]}
CUSTOMER = {**VISITOR, "Authorization": f"Bearer {os.environ['FIDELIO_CUSTOMER_TOKEN']}"}
STAFF = {"Authorization": f"Bearer {os.environ['FIDELIO_STAFF_TOKEN']}"}
SOCKETS = ENDPOINT.replace("http", "ws", 1)
WHO = {"storefrontKey": os.environ["FIDELIO_STOREFRONT_KEY"]}
PRODUCT = os.environ["FIDELIO_PRODUCT"]


async def main() -> None:
    """Print each step that was done."""
    async with Fidelio(ENDPOINT, VISITOR) as visitor, Fidelio(ENDPOINT, CUSTOMER) as customer:
        product = (await visitor.product_page(handle=PRODUCT)).product
        assert product is not None
        assert product.rating_summary.count > 10
        assert product.reviews.nodes[0].published_at.tzinfo is not None
        print("query")

        await errors(visitor)
        print("error")

        review = SubmitReviewInput(product_id=product.id, rating=0, body="A bowl for every morning.")
        refused = (await customer.submit_review(input=review)).submit_review
        assert [error.code for error in refused.user_errors] == [SubmitReviewErrorCode.RATING_OUT_OF_RANGE]
        print("user error")

        await submit(customer, product.id)
        print("mutation")

        await pages(visitor, product.rating_summary.count)
        print("pages")

    await persisted()
    print("persisted query")

    await heard()
    print("subscription")


async def errors(visitor: Fidelio) -> None:
    """A question without a key, and one that the contract does not know."""
    async with Fidelio(ENDPOINT) as nobody:
        assert await refusal(nobody.product_list()) == "UNAUTHENTICATED"
    assert await refusal(unknown_field(visitor)) == "GRAPHQL_VALIDATION_FAILED"


async def unknown_field(visitor: Fidelio) -> object:
    """A document of one's own, beside the generated ones."""
    answer = await visitor.execute("{ product { colour } }")
    return visitor.get_data(answer)


async def refusal(question: Awaitable[object]) -> str:
    """The code that a question is refused with."""
    try:
        await question
    except GraphQLClientGraphQLMultiError as problem:
        return str(problem.errors[0].extensions["code"])
    raise AssertionError("it was answered")


async def submit(customer: Fidelio, product_id: str) -> None:
    """A review, sent twice with one key."""
    review = SubmitReviewInput(product_id=product_id, rating=5, body="A bowl for every morning, and for soup.")
    key = str(uuid.uuid4())
    first = (await customer.submit_review(input=review, key=key)).submit_review
    again = (await customer.submit_review(input=review, key=key)).submit_review
    assert first.review is not None
    assert again.review is not None
    assert first.review.id == again.review.id


async def pages(visitor: Fidelio, count: int) -> None:
    """Every review once, page by page."""
    seen: list[str] = []
    after = None
    while True:
        product = (await visitor.product_reviews(handle=PRODUCT, first=6, after=after)).product
        seen += [edge.node.id for edge in product.reviews.edges]
        after = product.reviews.page_info.end_cursor
        if not product.reviews.page_info.has_next_page:
            break
    assert len(set(seen)) == len(seen) >= count


class ByHash(Fidelio):  # type: ignore[misc]  # made when the test runs
    """The generated client, asking by GET for documents that the server knows, and teaching it the others."""

    async def execute(
        self,
        query: str,
        operation_name: str | None = None,
        variables: dict[str, Any] | None = None,
        **more: Any,  # noqa: ANN401 - as the generated client has it
    ) -> Any:  # noqa: ANN401 - httpx's response
        """The answer, which caches may keep."""
        extensions = {"persistedQuery": {"version": 1, "sha256Hash": hashlib.sha256(query.encode()).hexdigest()}}
        given = {name: value for name, value in (variables or {}).items() if value is not UNSET}
        asked = {"operationName": operation_name, "variables": given, "extensions": extensions}
        address = {name: json.dumps(value) if isinstance(value, dict) else value for name, value in asked.items()}
        answer = await self.http_client.get(self.url, params=address, headers=self.headers)
        codes = [error["extensions"]["code"] for error in answer.json().get("errors", [])]
        if codes != ["PERSISTED_QUERY_NOT_FOUND"]:
            return answer
        return await self.http_client.post(self.url, json={"query": query, **asked}, headers=self.headers)


async def persisted() -> None:
    """The same question twice: it may have to be taught, and then is known by its hash."""
    async with ByHash(ENDPOINT, VISITOR) as visitor:
        for _ in range(2):
            page = await visitor.product_list(first=3)
            assert len(page.products.nodes) == 3


async def heard() -> None:
    """A review is told of as it is published; the first may be too early, since nothing says that one listens."""
    told = asyncio.Event()
    async with (
        Fidelio(ENDPOINT, VISITOR, ws_url=SOCKETS, ws_connection_init_payload=WHO) as visitor,
        Fidelio(ENDPOINT, CUSTOMER) as customer,
        Fidelio(ENDPOINT, STAFF) as staff,
    ):

        async def listen() -> None:
            async for event in visitor.review_published():
                assert event.review_published.review.product.handle
                told.set()

        listening = asyncio.create_task(listen())
        for handle in ("theiere-galet", "mug-brume-lichen", "nappe-lisiere", "torchon-damier"):
            await asyncio.sleep(0.5)
            await publish(visitor, customer, staff, handle)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(told.wait(), 5)
                break
        listening.cancel()
    assert told.is_set()


async def publish(visitor: Fidelio, customer: Fidelio, staff: Fidelio, handle: str) -> None:
    """A review that a moderator approves, unless it is public at once."""
    product = (await visitor.product_page(handle=handle)).product
    assert product is not None
    said = SubmitReviewInput(product_id=product.id, rating=5, body=f"In use every day since the spring: {handle}.")
    review = (await customer.submit_review(input=said)).submit_review.review
    assert review is not None
    assert review.standing is not None
    if review.standing.status == "PUBLISHED":
        return
    decision = ModerateReviewInput(
        review_id=review.id,
        revision_no=review.standing.revision_no,
        version=review.standing.version,
        decision=ReviewDecision.APPROVE,
    )
    assert (await staff.moderate_review(input=decision)).moderate_review.user_errors == []


asyncio.run(main())
