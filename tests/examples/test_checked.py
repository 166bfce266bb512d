"""What `fidelio seo check` says of the storefront's pages: the good one is clean, each faulty one is found out."""

import io
import json
from datetime import timedelta

import pytest

from core import clock
from publishing import truth
from seo.cli import CheckOptions, run_check
from seo.reporters.writing import Format
from tests.examples.street import Street

TEAPOT = "/en/products/theiere-galet"
# square pictures, no og:locale:alternate, and no crawler sent to the pages that are faulty on purpose
NOTES = {"OG-08", "OG-16", "LNK-03"}


def checked(street: Street, path: str) -> tuple[int, dict[str, set[str]]]:
    """The exit code, and the codes of what was found by severity."""
    url, out = street.front + path, io.StringIO()
    with street.database.reading() as session:
        published = truth.of_page(session, url)
    assert published is not None

    # a sitemap whose dates are all "now" is a fault, and the shop was stocked a moment ago
    with clock.at(clock.now() + timedelta(days=1)):
        code = run_check(url, truth=published, options=CheckOptions(format=Format.JSON), out=out)

    found: dict[str, set[str]] = {}
    for finding in json.loads(out.getvalue())["findings"]:
        if finding["verdict"] == "fail":
            found.setdefault(finding["severity"], set()).add(finding["code"])
    return code, found


def test_the_shop_as_it_is_has_no_fault(street: Street) -> None:
    assert checked(street, "/en/products/mug-brume-lichen") == (0, {"info": NOTES})
    assert checked(street, "/fr/products/torchon-damier") == (0, {"info": NOTES})


def test_reviews_on_a_later_page_are_found_there(street: Street) -> None:
    assert checked(street, TEAPOT) == (0, {"warning": {"REV-09"}, "info": NOTES})


@pytest.mark.parametrize(
    "way, codes",
    [
        ("javascript", {"REV-01"}),
        ("iframe", {"REV-01", "REV-04"}),
        ("template", {"REV-01"}),
        ("wrong-rating", {"RAT-13"}),
        ("wrong-count", {"RAT-14"}),
        ("no-picture", {"OG-01"}),
        ("noindex", {"IDX-01"}),
        ("blocked", {"ROB-01"}),
    ],
)
def test_each_fault_is_found_out(street: Street, way: str, codes: set[str]) -> None:
    code, found = checked(street, f"/en/products/mug-brume-lichen?integration={way}")

    assert (code, found["error"]) == (1, codes)
