"""What a Python back end does through the client that ariadne-codegen makes: query, errors, mutation, pages."""

import asyncio
import os
import uuid
from collections.abc import Awaitable

from fidelio_client import Fidelio, GraphQLClientGraphQLMultiError, SubmitReviewErrorCode, SubmitReviewInput

ENDPOINT = f"{os.environ['FIDELIO_URL']}/graphql"
VISITOR = {"Fidelio-Storefront-Key": os.environ["FIDELIO_STOREFRONT_KEY"]}
CUSTOMER = {**VISITOR, "Authorization": f"Bearer {os.environ['FIDELIO_CUSTOMER_TOKEN']}"}
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


asyncio.run(main())
