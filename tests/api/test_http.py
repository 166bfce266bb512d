"""GraphQL over HTTP to the letter: what is negotiated, which methods and bodies are taken, and how a no is told."""

import pytest

from tests.api.conftest import Api

TOLD = "application/graphql-response+json"
WHO = "{ viewer { kind } }"


def ask(api: Api, document: str, *, accept: str) -> tuple[int, str, dict[str, object]]:
    headers = {**api.as_visitor().headers, "Accept": accept}
    answer = api.client.post("/graphql", json={"query": document}, headers=headers)
    return answer.status_code, answer.headers["content-type"], answer.json()


@pytest.mark.parametrize("accept", ["*/*", "application/json", TOLD, f"{TOLD};q=0.9, application/json;q=0.1"])
def test_an_answer_comes_in_the_type_that_was_asked_for(api: Api, accept: str) -> None:
    status, media_type, answer = ask(api, WHO, accept=accept)

    wanted = TOLD if accept.startswith(TOLD) else "application/json"
    assert (status, media_type) == (200, f"{wanted}; charset=utf-8")
    assert answer["data"] == {"viewer": {"kind": "VISITOR"}}


def test_a_request_error_has_no_data_and_a_status_where_the_type_tells_one(api: Api) -> None:
    for accept, expected in ((TOLD, 400), ("application/json", 200)):
        for document in ("{", "{ nothing }"):
            status, _, answer = ask(api, document, accept=accept)
            assert status == expected
            assert "data" not in answer


def test_what_cannot_be_accepted_is_406_in_json(api: Api) -> None:
    status, media_type, answer = ask(api, WHO, accept="text/csv")

    assert (status, media_type) == (406, "application/json; charset=utf-8")
    assert "errors" in answer


def test_a_get_reads_and_never_writes(api: Api) -> None:
    headers = api.as_customer("c-1").headers
    document = 'mutation { withdrawReview(input: {reviewId: "x"}) { userErrors { code } } }'

    assert api.client.get("/graphql", params={"query": WHO}, headers=headers).status_code == 200
    refused = api.client.get("/graphql", params={"query": document}, headers=headers)
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
    assert refused.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_405_in_json(api: Api, method: str) -> None:
    refused = api.client.request(method, "/graphql", json={"query": WHO}, headers=api.as_visitor().headers)

    assert (refused.status_code, refused.headers["allow"]) == (405, "GET, POST")
    assert refused.json()["errors"][0]["extensions"]["code"] == "METHOD_NOT_ALLOWED"


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_another_body_than_json_is_415(api: Api, media_type: str) -> None:
    headers = {**api.as_visitor().headers, "Content-Type": media_type}

    assert api.client.post("/graphql", content=b"query=x", headers=headers).status_code == 415


@pytest.mark.parametrize("body", [b"[]", b"7", b'{"query": 7}', b'{"query": "{ __typename }", "variables": []}'])
def test_parameters_of_another_shape_are_400_with_a_code(api: Api, body: bytes) -> None:
    headers = {**api.as_visitor().headers, "Content-Type": "application/json", "Accept": TOLD}
    refused = api.client.post("/graphql", content=body, headers=headers)

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_a_program_that_accepts_anything_is_never_shown_a_page(api: Api) -> None:
    answer = api.client.get("/graphql", params={"query": "{ __typename }"}, headers={"Accept": "*/*"})

    assert answer.json() == {"data": {"__typename": "Query"}}
