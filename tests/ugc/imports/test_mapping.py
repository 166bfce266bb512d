"""Map files: what they may say, and that the ones which ship do."""

from pathlib import Path

import pytest

from core.refusal import Refusal
from tests.conftest import ROOT
from ugc.imports import mapping
from ugc.imports.mapping import ImportMap
from ugc.imports.refusals import ImportRefusal

GOOD = """
source = "old-shop"
format = "csv"
locale = "fr-FR"
[columns]
product = "sku"
rating = "note"
"""


@pytest.mark.parametrize("path", sorted((ROOT / "examples" / "imports").glob("*.toml")), ids=lambda path: path.stem)
def test_the_maps_that_ship_are_valid(path: Path) -> None:
    assert isinstance(mapping.load(path), ImportMap)


def test_the_least_map_names_product_and_rating(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text(GOOD)

    chosen = mapping.load(path)

    assert isinstance(chosen, ImportMap)
    assert chosen.review_source == "import:old-shop"
    assert chosen.columns_needed() == {"sku", "note"}


@pytest.mark.parametrize(
    "old, new, told",
    [
        ('source = "old-shop"', 'source = "Old Shop"', "source: "),
        ('rating = "note"', "", "columns.rating: "),
        ('rating = "note"', 'rating = "note"\nstars = "note"', "columns.stars: "),
        ('locale = "fr-FR"', 'locale = "fr-FR"\ndates = { time_zone = "Mars/Olympus" }', "dates.time_zone: "),
        ('locale = "fr-FR"', 'locale = "français"', "locale: "),
        ('locale = "fr-FR"', 'locale = "fr-FR"\ndates = { formats = ["%Q"] }', "dates.formats.0: "),
        ("[columns]", "[columns", "Expected"),
    ],
)
def test_a_wrong_map_is_refused_with_the_place(tmp_path: Path, old: str, new: str, told: str) -> None:
    path = tmp_path / "map.toml"
    path.write_text(GOOD.replace(old, new))

    outcome = mapping.load(path)

    assert isinstance(outcome, Refusal)
    assert outcome.code is ImportRefusal.MAP_INVALID
    assert str(outcome.params["problem"]).startswith(told)


def test_a_map_that_is_not_there_is_refused(tmp_path: Path) -> None:
    outcome = mapping.load(tmp_path / "none.toml")

    assert isinstance(outcome, Refusal)
    assert outcome.code is ImportRefusal.MAP_INVALID
