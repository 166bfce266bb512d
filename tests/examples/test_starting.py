"""How the storefront is started, and what a wrong start looks like."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from examples.storefront.app import create_app
from tests.examples.street import Street, address, listening

ROOT = Path(__file__).parents[2]


def started(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "examples.storefront", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=30, check=False)


@pytest.mark.parametrize(
    "arguments, complaint",
    [
        (["--storefront", "fr=pk_x"], "--api"),
        (["--api", "http://127.0.0.1:1/graphql"], "--storefront"),
        (["--api", "http://127.0.0.1:1/graphql", "--storefront", "atlantis=pk_x"], "fr, us"),
        (["--api", "http://127.0.0.1:1/graphql", "--storefront", "fr"], "HANDLE=VALUE"),
    ],
)
def test_a_wrong_start_says_what_is_missing(arguments: list[str], complaint: str) -> None:
    ended = started(*arguments)

    assert ended.returncode == 2
    assert complaint in ended.stderr


def test_with_a_wrong_key_the_shop_is_closed_and_says_nothing_of_it(street: Street) -> None:
    given = street.given()
    wrong = replace(given, markets=tuple(replace(market, key="pk_wrong") for market in given.markets))
    with TestClient(create_app(wrong)) as client:
        answer = client.get("/fr/products/theiere-galet")

    assert answer.status_code == 503
    assert "pk_wrong" not in answer.text


def test_without_the_api_the_shop_says_that_it_will_be_back(street: Street) -> None:
    with listening() as taken:
        nobody_answers = address(taken)
    with TestClient(create_app(street.given(api=nobody_answers))) as client:
        answer = client.get("/en/products/theiere-galet")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "30")
    assert "Back in a moment" in answer.text


def test_a_shop_in_one_language_offers_no_other(street: Street) -> None:
    given = street.given()
    with TestClient(create_app(replace(given, markets=given.markets[:1]))) as client:
        page = client.get("/fr/products/theiere-galet")

        assert (page.status_code, client.get("/en/").status_code) == (200, 404)
    assert "hreflang" not in page.text
