"""Whatever a client sends is answered with a code: no input of any mutation or lookup may surface as our own error."""

import base64
import hashlib
import hmac
import json
from typing import Any, cast

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, GraphQLList, GraphQLNonNull, GraphQLSchema
from graphql import GraphQLInputType as InputType
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from api.schema import build_schema
from core import clock
from core.identity import Permission, Role
from tests.api.conftest import Api, Callee
from tests.api.ugc import make as make_api

NUL = "a\x00b"
TEXTS = [
    "", " ", "\n", NUL, "\x00", "\x1b[31m", "'; DROP TABLE review; --", "%s %(x)s {x} {0}", "\\", "\u202eevil",
    "\ufeff", "e\u0301" * 300, "\ufdfa" * 300, "\U0001f469\u200d\U0001f466", "ß" * 59, "x" * 200, "x" * 301,
    "x" * 6000, "../../etc/passwd", "Europe", "a@b", "a@b.example", " a@b.example\n", "http://[::1",
    "https://shop.example/{handle}", "javascript:alert(1)", "2026-02-30", "-1", "9" * 30, "NaN", "null", "Z", "fr-FR",
    "xx-XX", "EUR", "Europe/Paris",
]  # fmt: skip
_NAMED = (b"Product:0", b"Product:9223372036854775808", b"Review:1", b"Review:\x00", b"Review:9223372036854775807",
          b"Photo:1", b"Storefront:1", b":1", b"\xff:1", b"Customer:1")  # fmt: skip
IDS = [*TEXTS, *(base64.b64encode(name).decode() for name in _NAMED)]
INTEGERS = [0, 1, 2, 5, 6, -1, 100, 101, 2**31 - 1, -(2**31)]
MINOR_UNITS = [0, 1, -1, 10**15, 10**15 + 1, 2**53 - 1, 2**53, 2**63, -(2**63), 10**30]
INSTANTS = [
    "2026-01-05T10:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59.999-14:00",
    "1969-12-31T23:59:59.999999Z", "2026-01-05T10:00:00", "2026-02-30T00:00:00Z", "", NUL,
]  # fmt: skip
DAYS = ["2026-01-05", "0001-01-01", "9999-12-31", "2026-02-30", "", NUL]
SCALARS: dict[str, list[Any]] = {
    "ID": IDS,
    "String": TEXTS,
    "Int": INTEGERS,
    "MinorUnits": MINOR_UNITS,
    "DateTime": INSTANTS,
    "Date": DAYS,
    "Boolean": [True, False],
    "URL": ["https://shop.example/a", "https://", "https://a b", "http://\x00", "https://" + "x" * 2000, "ftp://a"],
    "CurrencyCode": ["EUR", "JPY", "XAU", "eur", NUL],
}
SCHEMA: GraphQLSchema = build_schema()._schema
MUTATIONS = sorted(cast("Any", SCHEMA.mutation_type).fields)
KEYS = st.one_of(st.none(), st.none(), st.sampled_from(TEXTS))
# found again in every run, so there is no need to search for a smaller one
FUZZ = settings(max_examples=8, phases=[Phase.generate], suppress_health_check=list(HealthCheck))


def hostile(kind: InputType, good: dict[str, Any], name: str = "") -> st.SearchStrategy[Any]:
    """Values for an input of this type: mostly what would do, sometimes what nobody should send."""
    if isinstance(kind, GraphQLNonNull):
        return hostile(kind.of_type, good, name).filter(lambda value: value is not None)
    if isinstance(kind, GraphQLList):
        return st.lists(hostile(kind.of_type, good, name), max_size=3)
    if isinstance(kind, GraphQLInputObjectType):
        needed = {key: hostile(field.type, good, key) for key, field in kind.fields.items() if _needed(field)}
        others = {key: hostile(field.type, good, key) for key, field in kind.fields.items() if not _needed(field)}
        return st.fixed_dictionaries(needed, optional=others)
    bad = st.sampled_from(list(kind.values) if isinstance(kind, GraphQLEnumType) else SCALARS[cast("Any", kind).name])
    return st.one_of(st.just(good[name]), st.just(good[name]), bad) if name in good else bad


def _needed(field: Any) -> bool:  # noqa: ANN401 - graphql-core's input field
    return isinstance(field.type, GraphQLNonNull) and field.default_value is not None


def unexpected(answer: dict[str, Any]) -> list[Any]:
    """The errors of an answer that are ours and not the client's."""
    return [error for error in answer.get("errors", []) if error["extensions"]["code"] == "INTERNAL_SERVER_ERROR"]


@pytest.fixture
def good(api: Api) -> dict[str, Any]:
    """What the fields of inputs may well hold."""
    product_id = make_api.product(api.database, "sencha")
    review = make_api.submit(api.as_customer("ada"), product_id)
    return {
        "productId": product_id, "productIds": product_id, "reviewId": review["id"], "revisionNo": 1, "version": 1,
        "rating": 4, "body": "A gentle tea with a long finish and a clear cup.", "title": "Good", "locale": "en-US",
        "storefrontId": base64.b64encode(f"Storefront:{api.storefront.id}".encode()).decode(), "name": "A name",
        "externalId": "x-1", "orderExternalId": "x-1", "lineExternalId": "x-1", "handle": "sencha-2", "quantity": 1,
        "placedAt": INSTANTS[0], "updatedAt": INSTANTS[0], "refundedAt": INSTANTS[0], "at": INSTANTS[0],
        "totalMinor": 100, "amountMinor": 100, "currencyCode": "USD", "currency": "USD", "email": "ada@mail.example",
        "origin": "https://shop.example", "productUrl": "https://shop.example/{handle}", "timeZone": "Europe/Paris",
        "purpose": "newsletter", "source": "form", "gtin": "4006381333931",
    }  # fmt: skip


def test_no_input_of_a_mutation_surfaces_as_our_own_error(api: Api, good: dict[str, Any]) -> None:
    callers = (api.as_customer("ada"), api.as_staff(Role.ADMIN))

    for field in MUTATIONS:
        takes = cast("Any", SCHEMA.mutation_type).fields[field].args
        if "input" not in takes:
            continue  # nothing can be sent to it but a key, which every other mutation takes as well
        kind = takes["input"].type
        asked = f"{field}(input: $input, idempotencyKey: $key) {{ userErrors {{ code field message }} }}"
        send(callers, f"mutation Fuzz($input: {kind}, $key: String) {{ {asked} }}", hostile(kind, good))


def send(callers: tuple[Callee, ...], document: str, inputs: st.SearchStrategy[Any]) -> None:
    """Send the mutation with many inputs; no answer may hold an error of ours."""

    @FUZZ
    @given(words=inputs, key=KEYS)
    def answered_with_codes(words: dict[str, Any], key: str | None) -> None:
        for caller in callers:
            answer = caller.run(document, input=words, key=key)
            assert unexpected(answer) == [], (document, words, key)

    answered_with_codes()


# (the fields that answer a text, and the variables they need)
LOOKUPS = (
    ("product(handle: $text) { id }", "$text: String!"),
    ("product(id: $text) { id }", "$text: ID!"),
    ("node(id: $text) { id }", "$text: ID!"),
    ("products(after: $text) { nodes { id } }", "$text: String!"),
    ("moderationQueue(after: $text) { nodes { reviewId } }", "$text: String!"),
    ("viewer { reviews(after: $text) { nodes { id } } }", "$text: String!"),
    ('product(handle: "sencha") { markup(storefront: $text) { head } }', "$text: String!"),
    ('product(handle: "sencha") { reviews(after: $text, sort: HIGHEST) { nodes { id } } }', "$text: String!"),
)
CURSORS = ["[1,2]", "[1]", "[true,1]", "[9223372036854775808,1]", "[-9223372036854775808,1]", '["\\u0000"]', "[NaN,1]",
           "[1e999,1]", "{}", "[" * 5000, "[" + "9" * 5000 + "]", "\ud800"]  # fmt: skip


def test_no_lookup_surfaces_as_our_own_error(api: Api, good: dict[str, Any]) -> None:
    cursors = [base64.urlsafe_b64encode(key.encode("utf-8", "surrogatepass")).decode() for key in CURSORS]
    customer, staff = api.as_customer("ada"), api.as_staff(Role.ADMIN)

    for field, declared in LOOKUPS:
        caller = customer if field.startswith("viewer") else staff
        for text in (*IDS, *cursors):
            assert unexpected(caller.run(f"query Look({declared}) {{ {field} }}", text=text)) == []


def test_a_key_with_characters_no_database_keeps_is_an_unknown_key(api: Api) -> None:
    for key in ("%00", "pk_%00", "%ED%A0%80", "%F0%9F%A4%96"):
        answer = api.client.get(f"/graphql?query={{viewer{{kind}}}}&key={key}")

        assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")


def token(api: Api, **claims: object) -> str:
    """A token with these claims, signed as a shop would sign it; texts that `mint` cannot write are escaped."""
    body = {"aud": api.storefront.handle, "exp": clock.now().timestamp() + 60, **claims}
    parts = [base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=") for part in ({"alg": "HS256"}, body)]
    mac = hmac.new(api.storefront.customer_secret.encode(), b".".join(parts), hashlib.sha256).digest()
    return b".".join([*parts, base64.urlsafe_b64encode(mac).rstrip(b"=")]).decode()


@pytest.mark.parametrize("subject", [NUL, "\ud800", "a\nb"])
def test_a_token_whose_subject_no_database_keeps_is_refused(api: Api, subject: str) -> None:
    visitor = api.as_visitor()

    answer = api.client.post(
        "/graphql",
        json={"query": "{ viewer { kind } }"},
        headers={**visitor.headers, "Authorization": f"Bearer {token(api, sub=subject)}"},
    )

    assert (answer.status_code, answer.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")


def test_a_token_may_say_anything_of_a_person(api: Api, good: dict[str, Any]) -> None:
    for number, name in enumerate(("\x00", "\ud800", "x" * 9000, "ß" * 100, "a@b.example")):
        bearer = token(api, sub=f"odd-{number}", email=name, given_name=name, family_name=name)
        odd = Callee(api.client, {**api.as_visitor().headers, "Authorization": f"Bearer {bearer}"})

        payload = odd.data(
            make_api.SUBMIT,
            input={"productId": good["productId"], "rating": 3, "body": f"A text of its own, the number {number}."},
        )

        assert payload["submitReview"]["userErrors"] == []


def test_a_webhook_of_a_storefront_that_cannot_be_named_is_refused(api: Api) -> None:
    answer = api.client.post("/webhooks/shopify/%00", content=b"{}", headers={"X-Shopify-Hmac-Sha256": "x"})

    assert answer.status_code == 401


def test_a_staff_and_a_service_token_of_any_text_is_refused(api: Api) -> None:
    for bearer in ("st_\xe9", "sk_\xe9", "st_", "sk_" + "x" * 5000, "a.b.c", "..", "....", "\xe9.\xe9.\xe9"):
        answer = api.client.post(
            "/graphql",
            json={"query": "{ viewer { kind } }"},
            headers=[
                *((name.encode(), value.encode()) for name, value in api.as_visitor().headers.items()),
                (b"authorization", f"Bearer {bearer}".encode("latin-1")),
            ],
        )

        assert answer.status_code == 401


def test_the_service_may_tell_of_odd_customers(api: Api) -> None:
    service = api.as_service(Permission.MANAGE_SHOP)
    document = """mutation Record($input: RecordCustomerInput!) {
      recordCustomer(input: $input) { customer { id } userErrors { code field } }
    }"""
    storefront_id = base64.b64encode(f"Storefront:{api.storefront.id}".encode()).decode()

    told = {"storefrontId": storefront_id, "externalId": NUL, "email": "a@b.example"}
    payload = service.data(document, input=told)["recordCustomer"]

    assert payload == {"customer": None, "userErrors": [{"code": "INVALID_TEXT", "field": ["externalId"]}]}
