"""Who is asking: every way to present oneself, and every way it is refused."""

from datetime import timedelta

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey

from core import clock, customer_tokens
from core.customer_tokens import CustomerClaims
from core.identity import Permission, Role
from tests.api.conftest import Api, Callee, make_storefront

WHO = "{ viewer { kind permissions } }"


def test_without_a_key_only_introspection_answers(api: Api) -> None:
    nobody = api.as_nobody()

    assert nobody.data("{ __typename }") == {"__typename": "Query"}
    assert nobody.data('{ __type(name: "Node") { name } }') == {"__type": {"name": "Node"}}
    assert nobody.code(WHO) == "UNAUTHENTICATED"


def test_a_publishable_key_makes_a_visitor_who_may_read_what_is_public(api: Api) -> None:
    assert api.as_visitor().data(WHO) == {"viewer": {"kind": "VISITOR", "permissions": ["READ_PUBLIC"]}}


def test_a_publishable_key_may_stand_in_the_address_of_a_get(api: Api) -> None:
    answer = api.client.get("/graphql", params={"query": WHO, "key": api.storefront.publishable_key})

    assert answer.json()["data"]["viewer"]["kind"] == "VISITOR"


def test_an_unknown_publishable_key_is_refused_with_401_and_json(api: Api) -> None:
    answer = api.client.post("/graphql", json={"query": WHO}, headers={"Fidelio-Storefront-Key": "pk_nobody"})

    assert answer.status_code == 401
    assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"


def test_a_customer_token_makes_a_customer(api: Api) -> None:
    who = api.as_customer("c-1").data(WHO)["viewer"]

    assert who == {"kind": "CUSTOMER", "permissions": ["ACT_AS_CUSTOMER", "READ_PUBLIC"]}


def test_staff_have_their_roles_permissions_and_no_customers(api: Api) -> None:
    who = api.as_staff(Role.MODERATOR).data(WHO)["viewer"]

    assert who == {"kind": "STAFF", "permissions": ["MODERATE", "READ_PUBLIC", "READ_REVIEWS"]}


def test_a_service_key_has_its_scopes_and_public_reading(api: Api) -> None:
    who = api.as_service(Permission.MANAGE_SHOP).data(WHO)["viewer"]

    assert who == {"kind": "SERVICE", "permissions": ["MANAGE_SHOP", "READ_PUBLIC"]}


def _token(api: Api, *, algorithm: str = "HS256", secret: str | None = None, **changes: object) -> Callee:
    body = {"sub": "c-1", "aud": api.storefront.handle, "exp": int((clock.now() + timedelta(hours=1)).timestamp())}
    token = jwt.encode(
        {"alg": algorithm},
        {**body, **changes},
        OctKey.import_key(secret or api.storefront.customer_secret),
        algorithms=[algorithm],
    )
    return Callee(api.client, {**api.as_visitor().headers, "Authorization": f"Bearer {token}"})


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "another-shop"},
        {"exp": 1},
        {"exp": "soon"},
        {"sub": ""},
        {"sub": 7},
        {"sub": "x" * 500},
        {"secret": "some other secret that is long enough to be one"},
        {"algorithm": "HS512"},
    ],
)
def test_a_customer_token_that_does_not_hold_is_refused(api: Api, changes: dict[str, object]) -> None:
    assert _token(api, **changes).code(WHO) == "UNAUTHENTICATED"  # type: ignore[arg-type]


def test_an_unsigned_token_is_refused(api: Api) -> None:
    unsigned = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJjLTEiLCJhdWQiOiJtYWluIiwiZXhwIjo5OTk5OTk5OTk5fQ."
    headers = {**api.as_visitor().headers, "Authorization": f"Bearer {unsigned}"}

    assert Callee(api.client, headers).code(WHO) == "UNAUTHENTICATED"


def test_a_token_of_one_storefront_is_none_of_another(api: Api) -> None:
    other = make_storefront(api.database, "other")
    token = customer_tokens.mint(
        CustomerClaims("c-1", None, None, None), secret=api.storefront.customer_secret, audience="main"
    )
    headers = {**api.as_visitor(other).headers, "Authorization": f"Bearer {token}"}

    assert Callee(api.client, headers).code(WHO) == "UNAUTHENTICATED"


def test_a_console_session_is_never_accepted_here(api: Api) -> None:
    api.client.cookies.set("fidelio_session", "st_whatever")

    assert api.as_nobody().code(WHO) == "UNAUTHENTICATED"


@pytest.mark.parametrize("bearer", ["sk_unknown", "st_unknown", "rubbish", "a.b.c"])
def test_a_bearer_nobody_knows_is_refused(api: Api, bearer: str) -> None:
    headers = {**api.as_visitor().headers, "Authorization": f"Bearer {bearer}"}

    assert Callee(api.client, headers).code(WHO) == "UNAUTHENTICATED"


def test_browsers_may_call_from_the_origins_a_storefront_lists_and_no_other(api: Api) -> None:
    def preflight(origin: str) -> tuple[int, str | None]:
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        answer = api.client.options("/graphql", headers=headers)
        return answer.status_code, answer.headers.get("access-control-allow-origin")

    assert preflight("https://main.example") == (204, "https://main.example")
    assert preflight("https://evil.example") == (403, None)
