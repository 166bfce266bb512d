"""Published reviews read from JSON lines."""

from datetime import UTC, datetime

import pytest

from seo.truth import GoneText, PublishedReview, UnreadableTruthError, from_jsonl

LINES = """
{"product_name": "Teapot", "url": "https://shop.example/teapot", "rating_value": "4.5", "rating_count": 8}
{"id": "r1", "author": "Anne", "text": "Pours", "rating": 5, "published_at": "2026-03-03T10:00Z", "product": "Teapot"}
{"id": "r2", "author": "Luc", "text": "Arnaque", "status": "rejected", "product": "Teapot"}
{"id": "r3", "author": "Zoé", "text": "A cup", "rating": 4, "product": "Cup"}
"""


def test_reviews_of_one_product_are_read_with_what_must_be_gone() -> None:
    truth = from_jsonl(LINES.splitlines(), product="Teapot")

    assert truth.reviews == (PublishedReview("r1", "Anne", "Pours", "", 5, datetime(2026, 3, 3, 10, tzinfo=UTC), ""),)
    assert truth.gone == (GoneText("r2", "Arnaque", "rejected", "Luc"),)
    assert (truth.product_name, truth.rating_value, truth.rating_count, truth.review_count) == ("Teapot", "4.5", 8, 1)


def test_counts_that_no_line_tells_are_those_of_the_reviews() -> None:
    truth = from_jsonl(['{"text": "a", "rating": 4}', '{"text": "b"}'])

    assert (truth.rating_count, truth.review_count, truth.rating_value) == (1, 2, "")


@pytest.mark.parametrize(
    "line",
    ["{broken", "[]", '{"id": "r1"}', '{"text": "a", "rating": "many"}', '{"text": "a", "published_at": "soon"}'],
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(UnreadableTruthError, match="line 2"):
        from_jsonl(['{"text": "fine"}', line])
