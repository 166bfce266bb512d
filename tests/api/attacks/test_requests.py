"""What may be wrong with a request itself: batches, forms, other sites, odd bodies. Documents are test_documents'.

Everything here is refused with a code, and after a refused write nothing has changed.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from httpx2 import Response

from console.cookies import SESSION
from core import accounts
from core.identity import Role
from core.refusal import Refusal
from tests.api.conftest import PASSWORD, Api
from tests.api.walk.fingerprints import fingerprint

OPEN_UPLOAD = {"bytes": 1000, "licenceGranted": True, "peopleAgree": True}
MUTATION = "mutation M($i: CreateUploadInput!) { createUpload(input: $i) { upload { url } userErrors { code } } }"
WRITE: dict[str, Any] = {"query": MUTATION, "variables": {"i": OPEN_UPLOAD}}
INLINE = (
    "mutation { createUpload(input: {bytes: 1000, licenceGranted: true, peopleAgree: true}) { userErrors { code } } }"
)
JSON = "application/json"


@contextmanager
def nothing_changed(api: Api) -> Iterator[None]:
    """The database is the same afterwards."""
    before = fingerprint(api.database)
    yield
    assert fingerprint(api.database) == before


def refused(answer: Response) -> tuple[int, str]:
    """(status, code) of an answer that is one error and nothing else."""
    told = answer.json()
    assert "data" not in told
    (error,) = told["errors"]
    code: str = error["extensions"]["code"]
    return answer.status_code, code


def test_the_write_that_is_refused_below_is_done_when_it_is_asked_rightly(api: Api) -> None:
    ada = api.as_customer("ada")
    before = fingerprint(api.database)

    answer = api.client.post("/graphql", json=WRITE, headers=ada.headers)

    assert answer.json()["data"]["createUpload"]["userErrors"] == []
    assert fingerprint(api.database) != before


# another body than JSON: what a form on any page can send without asking first (fetch.spec.whatwg.org, simple requests)
@dataclass(frozen=True, slots=True)
class Sent:
    """One body that is no JSON request."""

    content: bytes
    type: str | None
    headers: dict[str, str] = field(default_factory=dict)


def multipart(**parts: str) -> bytes:
    """A form's parts, the last one a file."""
    heads = {name: f'name="{name}"' + ('; filename="a.jpg"' if name == "file" else "") for name in parts}
    texts = (f"--x\r\nContent-Disposition: form-data; {heads[name]}\r\n\r\n{text}\r\n" for name, text in parts.items())
    return ("".join(texts) + "--x--\r\n").encode()


BODY = json.dumps(WRITE).encode()
FORM = "multipart/form-data; boundary=x"
UPLOADED = json.dumps({"query": MUTATION, "variables": {"i": None, "file": None}})
MAPPED = json.dumps({"file": ["variables.file"] * 3000})
FORMS = {
    "JSON as text": Sent(BODY, "text/plain"),
    "JSON as text that says it is JSON": Sent(BODY, "text/plain; application/json"),
    "JSON without a type": Sent(BODY, None),
    "JSON as bytes": Sent(BODY, "application/octet-stream"),
    "JSON in another alphabet": Sent(BODY.decode().encode("utf-16"), "application/json; charset=utf-16"),
    "an HTML form": Sent(b"query=" + INLINE.encode(), "application/x-www-form-urlencoded"),
    "a document alone": Sent(INLINE.encode(), "application/graphql"),
    "a form of parts": Sent(multipart(query=INLINE), FORM),
    "an upload with its map": Sent(multipart(operations=UPLOADED, map=MAPPED, file="bytes"), FORM),
    "an upload without a map": Sent(multipart(operations=json.dumps(WRITE), file="bytes"), FORM),
    "an upload that asked first": Sent(
        multipart(operations=json.dumps(WRITE), map="{}"), FORM, {"GraphQL-Require-Preflight": "1"}
    ),
    "a batch of an upload": Sent(multipart(operations=json.dumps([WRITE] * 10), map="{}"), FORM),
    "compressed JSON": Sent(gzip.compress(BODY), JSON, {"Content-Encoding": "gzip"}),
    "a small body of much": Sent(gzip.compress(b" " * 50_000_000, 1), JSON, {"Content-Encoding": "gzip"}),
    "JSON that says it is compressed": Sent(BODY, JSON, {"Content-Encoding": "br"}),
}


@pytest.mark.parametrize("sent", FORMS.values(), ids=FORMS.keys())
def test_a_body_that_is_no_json_is_415_whoever_sends_it(api: Api, sent: Sent) -> None:
    headers = {**api.as_customer("ada").headers, **sent.headers}
    if sent.type is not None:
        headers["Content-Type"] = sent.type

    with nothing_changed(api):
        answer = api.client.post("/graphql", content=sent.content, headers=headers)

    assert refused(answer) == (415, "UNSUPPORTED_MEDIA_TYPE")


# what is JSON, and no request; a list of requests is never taken apart
SHAPES: dict[str, bytes] = {
    "a batch": json.dumps([WRITE] * 10).encode(),
    "a batch of one": json.dumps([WRITE]).encode(),
    "a batch in a batch": json.dumps([[WRITE]]).encode(),
    "two values": BODY + BODY,
    "a cut": BODY[:-2],
    "a number": b"1",
    "nothing": b"",
    "null": b"null",
    "a text": json.dumps(INLINE).encode(),
    "NaN": BODY.replace(b"1000", b"NaN"),
    "half a letter": BODY.replace(b"1000", b'"\\ud800"'),
    "bytes of no text": BODY.replace(b"mutation", b"\xff\xfe"),
    "documents in a list": json.dumps({"query": [INLINE, INLINE]}).encode(),
    "variables as text": json.dumps({**WRITE, "variables": json.dumps(WRITE["variables"])}).encode(),
    "variables in a list": json.dumps({**WRITE, "variables": [WRITE["variables"]]}).encode(),
    "extensions as text": json.dumps({**WRITE, "extensions": "persistedQuery"}).encode(),
    "a name that is a number": json.dumps({**WRITE, "operationName": 1}).encode(),
    "100,000 lists": b'{"query": "{ __typename }", "variables": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
    "100,000 objects": b'{"query": "{ __typename }", "variables": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_001,
}


@pytest.mark.parametrize("body", SHAPES.values(), ids=SHAPES.keys())
def test_json_that_is_no_request_is_400(api: Api, body: bytes) -> None:
    headers = {**api.as_customer("ada").headers, "Content-Type": JSON}

    with nothing_changed(api):
        answer = api.client.post("/graphql", content=body, headers=headers)

    assert refused(answer) == (400, "BAD_REQUEST")


# within the body's limit, and large or deep
VARIABLES: dict[str, object] = {
    "a text of a megabyte": {**OPEN_UPLOAD, "bytes": "x" * 1_000_000},
    "a number of 4000 digits": {**OPEN_UPLOAD, "bytes": 10**4000},
    "900 lists": json.loads("[" * 900 + "]" * 900),
    "900 objects": json.loads('{"bytes":' * 900 + "1" + "}" * 900),
    "60,000 fields": {f"f{n}": n for n in range(60_000)},
    "100,000 items": {**OPEN_UPLOAD, "bytes": [0] * 100_000},
}


@pytest.mark.parametrize("value", VARIABLES.values(), ids=VARIABLES.keys())
def test_large_and_deep_variables_are_refused_in_a_short_answer(api: Api, value: object) -> None:
    headers = {**api.as_customer("ada").headers, "Content-Type": JSON}
    body = json.dumps({"query": MUTATION, "variables": {"i": value}}).encode()

    with nothing_changed(api):
        answer = api.client.post("/graphql", content=body, headers=headers)

    assert {error["extensions"]["code"] for error in answer.json()["errors"]} <= {"BAD_USER_INPUT", "BAD_REQUEST"}
    assert len(answer.content) < 6000


ADDRESSES: dict[str, Callable[[Api], Response]] = {
    "a mutation": lambda api: api.client.get(
        "/graphql", params={"query": INLINE}, headers=api.as_customer("ada").headers
    ),
    "a mutation with its key in the address": lambda api: api.client.get(
        "/graphql",
        params={"query": INLINE, "key": api.storefront.publishable_key},
        headers={"Authorization": api.as_customer("ada").headers["Authorization"]},
    ),
    "a mutation behind a query": lambda api: api.client.get(
        "/graphql",
        params={"query": f"query A {{ __typename }} {INLINE.replace('mutation', 'mutation B')}", "operationName": "B"},
        headers=api.as_customer("ada").headers,
    ),
}


@pytest.mark.parametrize("ask", ADDRESSES.values(), ids=ADDRESSES.keys())
def test_no_address_writes(api: Api, ask: Callable[[Api], Response]) -> None:
    with nothing_changed(api):
        answer = ask(api)

    assert refused(answer) == (405, "METHOD_NOT_ALLOWED")
    assert answer.headers["allow"] == "POST"


def test_a_long_document_in_an_address_is_refused_like_any_other(api: Api) -> None:
    long = api.client.get("/graphql", params={"query": "{ " + "a" * 21_000 + " }"}, headers=api.as_visitor().headers)

    assert refused(long)[1] == "GRAPHQL_PARSE_FAILED"


def test_a_key_of_a_parameter_given_twice_is_one(api: Api) -> None:
    query = {"query": ["{ viewer { kind } }", INLINE]}

    with nothing_changed(api):
        assert refused(api.client.get("/graphql", params=query, headers=api.as_customer("ada").headers))[0] == 405


def console_cookie(api: Api) -> str:
    """The cookie of an administrator who is signed in at the console."""

    def hire(session: Any) -> str:  # noqa: ANN401 - a session
        made = accounts.create_staff(session, email="m@shop.test", name="Mo", role=Role.ADMIN, password=PASSWORD)
        assert not isinstance(made, Refusal)
        return accounts.issue_credential(session, made, for_console=True)

    return api.database.writing(hire)


def test_a_cookie_says_nothing_here_whichever_page_sends_it(api: Api) -> None:
    token = console_cookie(api)
    document = 'mutation { recordProduct(input: {externalId: "1", handle: "a", name: "A"}) { userErrors { code } } }'

    for origin in ("https://evil.example", "https://main.example", "null"):
        headers = {"Cookie": f"{SESSION}={token}", "Origin": origin}
        with nothing_changed(api):
            answer = api.client.post("/graphql", json={"query": document}, headers=headers)

        assert answer.json()["errors"][0]["extensions"]["code"] == "UNAUTHENTICATED"
        assert "access-control-allow-credentials" not in answer.headers
        assert answer.headers.get("access-control-allow-origin") in {None, "https://main.example"}


@pytest.mark.parametrize("sent", [FORMS["an HTML form"], FORMS["JSON as text"], FORMS["a form of parts"]], ids=str)
def test_a_page_of_another_site_sends_its_forms_in_vain(api: Api, sent: Sent) -> None:
    headers = {**api.as_customer("ada").headers, "Content-Type": sent.type or "", "Origin": "https://evil.example"}

    with nothing_changed(api):
        answer = api.client.post("/graphql", content=sent.content, headers=headers)

    assert refused(answer) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert "access-control-allow-origin" not in answer.headers


def test_the_preflight_of_another_site_is_refused(api: Api) -> None:
    asked = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "content-type, authorization",
    }

    answer = api.client.options("/graphql", headers=asked)

    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers


def test_what_a_proxy_may_misread_is_no_other_method(api: Api) -> None:
    headers = {**api.as_customer("ada").headers, "X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}

    with nothing_changed(api):
        answer = api.client.get("/graphql", params={"query": INLINE, "_method": "POST"}, headers=headers)

    assert refused(answer)[0] == 405
