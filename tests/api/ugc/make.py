"""Documents and committed rows for the tests of the reviews' part of the API."""

from typing import Any

from core.db import Database
from core.ids import to_public
from tests.api.conftest import Api, Callee
from tests.make import shop as make

STANDING = "standing { status latestStatus decided version revisionNo body reason reasonMessage editable }"

SUBMIT = f"""mutation Submit($input: SubmitReviewInput!, $key: String) {{
  submitReview(input: $input, idempotencyKey: $key) {{
    review {{ id rating title author {{ displayName }} {STANDING} }}
    userErrors {{ code field message }}
  }}
}}"""

EDIT = f"""mutation Edit($input: EditReviewInput!) {{
  editReview(input: $input) {{ review {{ id body {STANDING} }} userErrors {{ code field message }} }}
}}"""

WITHDRAW = f"""mutation Withdraw($input: WithdrawReviewInput!) {{
  withdrawReview(input: $input) {{ review {{ id {STANDING} }} userErrors {{ code field }} }}
}}"""

MODERATE = f"""mutation Moderate($input: ModerateReviewInput!, $key: String) {{
  moderateReview(input: $input, idempotencyKey: $key) {{
    review {{ id {STANDING} }} userErrors {{ code field message }}
  }}
}}"""

UNDO = f"""mutation Undo($input: UndoModerationInput!) {{
  undoModeration(input: $input) {{ review {{ id {STANDING} }} userErrors {{ code field }} }}
}}"""

BODY = "A gentle tea with a long finish, number {} of my collection."


def product(database: Database, handle: str) -> str:
    """The public id of a product, committed."""
    return to_public("Product", database.writing(lambda session: make.product(session, handle)))


def submit(author: Callee, product_id: str, *, rating: int = 5, number: int = 1, body: str | None = None) -> Any:  # noqa: ANN401 - JSON
    """The review that this author submits."""
    words = {"productId": product_id, "rating": rating, "body": body or BODY.format(number)}
    payload = author.data(SUBMIT, input=words)["submitReview"]
    assert payload["userErrors"] == []
    return payload["review"]


def decide(moderator: Callee, review: Any, decision: str = "APPROVE", **more: str) -> Any:  # noqa: ANN401 - JSON
    """The payload of a decision about the review as it was read."""
    words = {
        "reviewId": review["id"],
        "revisionNo": review["standing"]["revisionNo"],
        "version": review["standing"]["version"],
        "decision": decision,
        **more,
    }
    return moderator.data(MODERATE, input=words)["moderateReview"]


def published(api: Api, product_id: str, *, rating: int = 5, author: str = "camille", number: int = 1) -> Any:  # noqa: ANN401 - JSON
    """A review that a moderator has approved."""
    review = submit(api.as_customer(author), product_id, rating=rating, number=number)
    payload = decide(api.as_staff(), review)
    assert payload["userErrors"] == []
    return payload["review"]
