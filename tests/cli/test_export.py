"""`fidelio export`: whole files or none, and a word on what is in them."""

from pathlib import Path

import pytest

from core.settings import settings
from tests.cli.conftest import Fidelio
from tests.demo import Loaded


def test_the_demo_shops_reviews_are_written_and_counted(
    fidelio: Fidelio, copied: Loaded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIDELIO_DATABASE_URL", copied.address)
    settings.cache_clear()
    target = tmp_path / "reviews.xml"

    done = fidelio("export", "google-reviews", "--storefront", "us", "--output", str(target))

    assert (done.exit_code, done.stdout) == (0, "")
    number = target.read_text().count("<review_id>")
    assert number > 100
    assert done.stderr == f"{number} reviews written.\n"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["reviews.xml"]


def test_an_unknown_storefront_leaves_the_former_file_as_it_is(fidelio: Fidelio, tmp_path: Path) -> None:
    target = tmp_path / "reviews.xml"
    target.write_text("the former feed")

    refused = fidelio("export", "google-reviews", "--storefront", "nobody", "--output", str(target))

    assert refused.exit_code == 1
    assert target.read_text() == "the former feed"
