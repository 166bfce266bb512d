"""`fidelio seo check` where its truth cannot be had: it ends with 2 and one sentence, never as if it were clean."""

from pathlib import Path

import pytest

from core.settings import settings
from tests.cli.conftest import Fidelio
from tests.schema import create_schema

PAGE = "<!doctype html><title>Teapot</title><p>A teapot."


@pytest.fixture
def page(tmp_path: Path) -> str:
    path = tmp_path / "teapot.html"
    path.write_text(PAGE, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("content", [b"{broken", b"\xff\xfe"])
def test_reviews_that_cannot_be_read_end_with_two(fidelio: Fidelio, page: str, tmp_path: Path, content: bytes) -> None:
    reviews = tmp_path / "reviews.jsonl"
    reviews.write_bytes(content)

    told = fidelio("seo", "check", page, "--reviews", str(reviews))

    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith(f"{reviews} could not be read: ")


def test_a_product_that_is_not_there_ends_with_two(fidelio: Fidelio, page: str) -> None:
    create_schema(settings().database_url)

    told = fidelio("seo", "check", page, "--product", "no-such-teapot")

    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr == "There is no product with the handle no-such-teapot.\n"


def test_a_page_of_nobodys_is_checked_without_a_truth(fidelio: Fidelio, page: str) -> None:
    told = fidelio("seo", "check", page)

    assert told.stdout.startswith(f"{page}: ")
    assert " published reviews: " not in told.stdout
