"""Browsers of other sites: each storefront's pages may read with its own key, and no other page may."""

import pytest
from httpx2 import Response

from shop import rotation
from shop.tables import Storefront
from tests.api.conftest import Api, make_storefront
from tests.api.walk.fingerprints import fingerprint

MINE, THEIRS, NOBODYS = "https://main.example", "https://other.example", "https://evil.example"
SIGN_OUT = "mutation { signOutEverywhere { signedOut } }"


@pytest.fixture
def other(api: Api) -> Storefront:
    """A second storefront, with an origin of its own."""
    return make_storefront(api.database, "other")


def ask(api: Api, origin: str, headers: dict[str, str], query: str = "{ viewer { kind } }") -> Response:
    return api.client.post("/graphql", json={"query": query}, headers={"Origin": origin, **headers})


def allowed(answer: Response) -> str | None:
    """The origin that may read the answer; never all of them, and never with cookies."""
    assert "access-control-allow-credentials" not in answer.headers
    origin = answer.headers.get("access-control-allow-origin")
    assert origin != "*"
    return origin


@pytest.mark.parametrize("origin, status", [(MINE, 204), (THEIRS, 204), (NOBODYS, 403)])
def test_a_preflight_is_answered_for_the_origins_of_all_storefronts(
    api: Api, other: Storefront, origin: str, status: int
) -> None:
    headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
    answer = api.client.options("/graphql", headers=headers)

    assert (answer.status_code, allowed(answer)) == (status, origin if status == 204 else None)


def test_a_page_of_the_storefront_reads_with_its_key(api: Api, other: Storefront) -> None:
    answer = ask(api, MINE, api.as_visitor().headers)

    assert (answer.status_code, allowed(answer)) == (200, MINE)
    assert "Origin" in answer.headers["vary"]


def test_a_page_of_another_storefront_is_refused_and_nothing_runs(api: Api, other: Storefront) -> None:
    before = fingerprint(api.database)

    answer = ask(api, THEIRS, api.as_customer("ada").headers, SIGN_OUT)

    assert (answer.status_code, allowed(answer)) == (403, None)
    assert answer.json()["errors"][0]["extensions"]["code"] == "FORBIDDEN"
    assert fingerprint(api.database) == before


def test_the_key_in_an_address_counts_as_well(api: Api, other: Storefront) -> None:
    asked = {"query": "{ viewer { kind } }", "key": other.publishable_key}

    assert api.client.get("/graphql", params=asked, headers={"Origin": MINE}).status_code == 403
    assert api.client.get("/graphql", params=asked, headers={"Origin": THEIRS}).status_code == 200


def test_a_page_of_nobodys_gets_no_answer_that_it_may_read(api: Api, other: Storefront) -> None:
    assert allowed(ask(api, NOBODYS, api.as_visitor().headers)) is None


def test_an_unknown_key_is_told_so(api: Api, other: Storefront) -> None:
    assert ask(api, MINE, {"Fidelio-Storefront-Key": "pk_nobody"}).status_code == 401


def test_a_former_key_has_its_storefronts_origins(api: Api, other: Storefront) -> None:
    api.database.writing(lambda session: rotation.rotate_key(session, api.storefront.id, overlap_hours=1))

    assert allowed(ask(api, MINE, api.as_visitor().headers)) == MINE
