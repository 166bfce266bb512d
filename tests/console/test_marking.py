"""Texts are cut at the passages that screens mean, and lose nothing."""

from hypothesis import given
from hypothesis import strategies as some

from console.marking import Piece, pieces

spans = some.lists(
    some.fixed_dictionaries(
        {"field": some.sampled_from(["title", "body"]), "start": some.integers(-2, 30), "end": some.integers(-2, 30)}
    )
)


def test_a_passage_is_marked_where_it_stands() -> None:
    cut = pieces("go to bad.example now", [{"field": "body", "start": 6, "end": 17}], "body")

    assert cut == [Piece("go to ", marked=False), Piece("bad.example", marked=True), Piece(" now", marked=False)]


def test_overlapping_passages_are_one() -> None:
    found: list[dict[str, str | int]] = [
        {"field": "body", "start": 3, "end": 6},
        {"field": "body", "start": 0, "end": 4},
    ]

    assert pieces("abcdefgh", found, "body") == [Piece("abcdef", marked=True), Piece("gh", marked=False)]


def test_passages_of_another_field_are_not() -> None:
    assert pieces("abc", [{"field": "title", "start": 0, "end": 2}], "body") == [Piece("abc", marked=False)]


@given(some.text(max_size=25), spans)
def test_no_letter_is_lost_or_doubled(text: str, found: list[dict[str, str | int]]) -> None:
    assert "".join(piece.text for piece in pieces(text, found, "body")) == text
