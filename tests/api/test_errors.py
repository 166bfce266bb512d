"""What a stranger sees of a fault: a code and an id, never the exception."""

from graphql import GraphQLError

from api.errors import shown
from core.identity import Role
from tests.api.conftest import Api


def test_a_bug_is_masked_behind_an_id() -> None:
    try:
        raise RuntimeError("select * from secrets failed")
    except RuntimeError as bug:
        masked = shown(GraphQLError("select * from secrets failed", original_error=bug, path=["viewer"]))

    assert "secrets" not in masked.message
    assert masked.extensions is not None
    assert masked.extensions["code"] == "INTERNAL_SERVER_ERROR"
    assert str(masked.extensions["errorId"]) in masked.message


def test_a_document_that_does_not_parse_or_validate_says_so(api: Api) -> None:
    visitor = api.as_visitor()

    assert visitor.code("{ viewer {") == "GRAPHQL_PARSE_FAILED"
    assert visitor.code("{ nothing }") == "GRAPHQL_VALIDATION_FAILED"
    assert "Did you mean" not in visitor.run("{ viewe { kind } }")["errors"][0]["message"]


def test_a_known_caller_without_the_permission_is_forbidden(api: Api) -> None:
    assert api.as_visitor().code("{ moderationQueue { nodes { __typename } } }") == "FORBIDDEN"
    assert api.as_nobody().code("{ moderationQueue { nodes { __typename } } }") == "UNAUTHENTICATED"
    assert "errors" not in api.as_staff(Role.MODERATOR).run("{ moderationQueue { nodes { __typename } } }")


def test_a_body_that_is_no_json_is_a_400_in_json(api: Api) -> None:
    answer = api.client.post("/graphql", content=b"{", headers={"Content-Type": "application/json"})

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_REQUEST"


def test_a_body_over_the_limit_is_refused(api: Api) -> None:
    answer = api.client.post("/graphql", content=b"x" * 2_000_000, headers={"Content-Type": "application/json"})

    assert answer.status_code == 413


def test_health_and_contract_answer_without_a_key(api: Api) -> None:
    assert api.client.get("/healthz").json() == {"status": "ok"}
    assert api.client.get("/readyz").json()["deadLetters"] == 0
    assert "fidelio_outbox_unsettled 0.0" in api.client.get("/metrics").text
    for _ in range(3):
        api.as_nobody().run("{ __typename }")
    metrics = api.client.get("/metrics").text
    assert "fidelio_documents_found 2.0" in metrics
    assert "fidelio_documents_missed 1.0" in metrics
    assert api.client.get("/schema.graphql").text.startswith('"""')
