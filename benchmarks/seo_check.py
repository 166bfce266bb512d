"""How fast is the raw check? The whole catalogue over saved real pages, beside parsers and extruct, on one core.

Run with `python -m benchmarks.seo_check`. It needs the optional third-party corpus and says so where it is absent.
"""

import warnings
from collections.abc import Callable

import extruct
import lxml.html
from selectolax.lexbor import LexborHTMLParser

from benchmarks.measuring import alternate, table
from benchmarks.seo_corpus import real_pages
from seo.gathering import gather_saved
from seo.page import saved
from seo.runner import run

ROUNDS = 5
URL = "https://shop.example/product"
USEFUL = ["json-ld", "microdata", "opengraph"]
ALL_SIX = ["microdata", "opengraph", "json-ld", "microformat", "rdfa", "dublincore"]


def main() -> None:
    """Print the table that stands in benchmarks/README.md."""
    warnings.simplefilter("ignore")
    raws = real_pages()
    texts = [saved(raw).text for raw in raws]
    subjects: dict[str, Callable[[], object]] = {
        "lexbor parse alone": lambda: [LexborHTMLParser(text) for text in texts],
        "lxml parse alone": lambda: [lxml.html.fromstring(raw) for raw in raws],
        "extruct, three syntaxes": lambda: [_extract(text, USEFUL) for text in texts],
        "extruct, all six": lambda: [_extract(text, ALL_SIX) for text in texts],
        "whole raw catalogue": lambda: [run(gather_saved(raw, url=URL, truth=None)) for raw in raws],
    }
    size = sum(map(len, raws)) / 1e6
    print(f"{len(raws)} pages, {size:.1f} MB, {ROUNDS} rounds; a call is all pages once\n")
    print(table(alternate(subjects, rounds=ROUNDS, calls=1), floor="extruct, three syntaxes"))


def _extract(text: str, syntaxes: list[str]) -> object:
    return extruct.extract(text, base_url=URL, syntaxes=syntaxes, errors="ignore")


if __name__ == "__main__":
    main()
