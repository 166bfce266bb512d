"""A check whose truth comes from a running API: the same as the database's, and never more than it tells."""

import json

from typer.testing import CliRunner, Result

from cli.api_truth import Api, NotTold, handle_of, of_product
from cli.main import build
from core.fetching import FetchPolicy
from publishing import truth
from seo.truth import Truth
from tests.examples.selling import TEAPOT_REVIEWS
from tests.examples.street import Street

TEAPOT = "/en/products/theiere-galet"


def api(street: Street, key: str = "") -> Api:
    return Api(
        f"{street.api}/graphql", key or street.storefronts["us"].publishable_key, FetchPolicy(allow_private=True)
    )


def test_the_api_tells_the_reviews_and_totals_of_the_database(street: Street) -> None:
    told = of_product(api(street), handle="theiere-galet")
    with street.database.reading() as session:
        kept = truth.of_page(session, street.front + TEAPOT)

    assert isinstance(told, Truth)
    assert kept is not None
    assert len(told.reviews) == TEAPOT_REVIEWS
    assert {(r.text, r.author, r.rating) for r in told.reviews} == {(r.text, r.author, r.rating) for r in kept.reviews}
    assert (told.rating_value, told.rating_count, told.review_count) == (
        kept.rating_value,
        kept.rating_count,
        kept.review_count,
    )
    assert (told.tells_gone, kept.tells_gone) == (False, True)


def test_an_unknown_product_or_key_is_no_empty_truth(street: Street) -> None:
    assert of_product(api(street), handle="no-such-teapot") is None
    assert isinstance(of_product(api(street, "pk_wrong"), handle="theiere-galet"), NotTold)
    assert handle_of(api(street), street.front + TEAPOT) == "theiere-galet"
    assert handle_of(api(street), "https://elsewhere.example/") is None
    nobody = Api("http://127.0.0.1:1/graphql", "pk_x", FetchPolicy(allow_private=True))
    assert handle_of(nobody, street.front + TEAPOT) == NotTold("connection_failed")


def checked(street: Street, *options: str) -> Result:
    address = street.front + TEAPOT
    return CliRunner().invoke(build("seo"), ["seo", "check", address, "--no-render", "--truth", "api", *options])


def test_the_command_asks_the_api(street: Street) -> None:
    named = ("--api-url", f"{street.api}/graphql", "--key", street.storefronts["us"].publishable_key)

    told = checked(street, *named, "--product", "theiere-galet", "--format", "json")

    findings = {finding["code"]: finding for finding in json.loads(told.stdout)["findings"]}
    assert told.exit_code == 0
    assert json.loads(told.stdout)["coverage"]["reviews"] == TEAPOT_REVIEWS
    assert (findings["REV-12"]["verdict"], findings["REV-12"]["reason"]["code"]) == ("not-evaluated", "not-known")


def test_an_api_that_does_not_tell_ends_with_two(street: Street) -> None:
    named = ("--api-url", f"{street.api}/graphql", "--key", "pk_wrong", "--product", "theiere-galet")

    told = checked(street, *named)

    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith(f"{street.api}/graphql did not tell the published reviews: ")
