"""Families seen in a file, and the file that a person edits between."""

from pathlib import Path

import pytest

from core.refusal import Refusal
from ugc.imports import families
from ugc.imports.families import FamilyPlan, Sayings
from ugc.imports.refusals import ImportRefusal


def sayings(*said: tuple[str, str, str]) -> Sayings:
    heard = Sayings({}, {})
    for author, text, product_key in said:
        heard.names.setdefault(product_key, product_key.title())
        heard.add(author, text, product_key)
    return heard


def twice(one: str, other: str, by: str = "a") -> list[tuple[str, str, str]]:
    return [(f"{by}{number}", "the same words", key) for number in (1, 2) for key in (one, other)]


def test_products_that_share_the_same_persons_texts_are_one_family() -> None:
    heard = sayings(*twice("red", "blue"), *twice("blue", "green", by="b"), ("c", "alone", "tea"))

    plans = families.propose(heard, source="old-shop", shared_texts=2)

    assert plans == [FamilyPlan(id="old-shop:red", name="Red", products=("red", "blue", "green"))]


def test_one_shared_text_is_chance() -> None:
    heard = sayings(("a", "nice", "red"), ("a", "nice", "tea"), ("b", "nice", "blue"))

    assert families.propose(heard, source="old-shop", shared_texts=2) == []
    assert [plan.products for plan in families.propose(heard, source="old-shop", shared_texts=1)] == [("red", "tea")]


def test_rows_without_author_or_words_are_no_witnesses() -> None:
    heard = sayings(("", "nice", "red"), ("", "nice", "blue"), ("a", "", "red"), ("a", "", "blue"))

    assert families.propose(heard, source="old-shop", shared_texts=1) == []


def test_who_says_the_same_of_everything_links_nothing() -> None:
    heard = sayings(*((author, "ok", f"product-{number}") for author in "ab" for number in range(101)))

    assert families.propose(heard, source="old-shop", shared_texts=2) == []


def test_a_proposal_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    plans = (FamilyPlan(id='a:"1"', name="Thé vert\n\x7f茶🍵\\", products=("red", "blue")),)
    path = tmp_path / "families.toml"
    path.write_text(families.written(plans), encoding="utf-8")

    assert families.load(path) == plans


@pytest.mark.parametrize(
    "content, problem",
    [
        ("[[family]]\nid = 'a'\nname = 'A'\nproducts = ['red']\n", "family.0.products: "),
        ("[[family]]\nname = 'A'\nproducts = ['red', 'blue']\n", "family.0.id: "),
        (
            "[[family]]\nid='a'\nname='A'\nproducts=['red','blue']\n[[family]]\nid='b'\nname='B'\nproducts=['red','tea']",
            "red: in two families",
        ),
        ("[[family", "Expected"),
    ],
)
def test_a_wrong_families_file_is_refused_with_the_place(tmp_path: Path, content: str, problem: str) -> None:
    path = tmp_path / "families.toml"
    path.write_text(content)

    outcome = families.load(path)

    assert isinstance(outcome, Refusal)
    assert outcome.code is ImportRefusal.FAMILIES_INVALID
    assert str(outcome.params["problem"]).startswith(problem)
