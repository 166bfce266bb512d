"""Customer tokens that the shop signs with a key of its own: taken as configured, and confused with nothing."""

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey
from starlette.testclient import TestClient

from api.app import create_app
from core.db import Database
from core.identity import Permission
from core.ids import to_public
from core.settings import settings
from tests.api.conftest import Api, Callee, make_storefront
from tests.issuer import ISSUER, Issuer

WHO = "{ viewer { kind } }"
CONFIGURE = """mutation ($input: ConfigureCustomerTokensInput!) { configureCustomerTokens(input: $input) {
  storefront { customerTokens { issuer algorithms jwksUrl longestHours } } userErrors { code field message } } }"""


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """With a key of each kind."""
    made = Issuer()
    made.keys |= {
        "rsa": RSAKey.generate_key(2048),
        "ec": ECKey.generate_key("P-256"),
        "ed": OKPKey.generate_key("Ed25519"),
    }
    yield made
    made.close()


@pytest.fixture
def api(database: Database, issuer: Issuer) -> Iterator[Api]:
    """The server, which may reach the issuer although it is on this machine."""
    chosen = settings().model_copy(update={"private_hosts": issuer.host})
    storefront = make_storefront(database, "main")
    with TestClient(create_app(database, chosen)) as client:
        yield Api(client, database, storefront)


def configure(api: Api, **changes: object) -> list[dict[str, object]]:
    """What the merchant says of signatures; the errors."""
    given = {
        "storefrontId": to_public("Storefront", api.storefront.id),
        "issuer": ISSUER,
        "algorithms": ["RS256", "PS256", "ES256", "EDDSA", "ED25519"],
        **changes,
    }
    manager = api.as_service(Permission.MANAGE_SHOP)
    errors: list[dict[str, object]] = manager.data(CONFIGURE, input=given)["configureCustomerTokens"]["userErrors"]
    return errors


def who(api: Api, token: str) -> str:
    """The kind of caller whom the token makes, or the code of its refusal."""
    answer = Callee(api.client, {**api.as_visitor().headers, "Authorization": f"Bearer {token}"}).run(WHO)
    kind: str = answer["errors"][0]["extensions"]["code"] if "errors" in answer else answer["data"]["viewer"]["kind"]
    return kind


@pytest.mark.parametrize(
    "kid, algorithm", [("rsa", "RS256"), ("rsa", "PS256"), ("ec", "ES256"), ("ed", "EdDSA"), ("ed", "Ed25519")]
)
def test_a_token_signed_by_a_published_key_makes_a_customer(api: Api, issuer: Issuer, kid: str, algorithm: str) -> None:
    assert configure(api, jwksUrl=issuer.url) == []

    assert who(api, issuer.token(kid, algorithm)) == "CUSTOMER"


def test_a_pasted_set_needs_no_address(api: Api, issuer: Issuer) -> None:
    assert configure(api, jwks=issuer.document()) == []

    assert who(api, issuer.token("ec", "ES256")) == "CUSTOMER"
    assert issuer.asked == 0


def test_without_a_configuration_no_signature_is_taken(api: Api, issuer: Issuer) -> None:
    assert who(api, issuer.token("ec", "ES256")) == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "changes",
    [
        {"iss": "https://somebody.else"},
        {"iss": None},
        {"aud": "another-shop"},
        {"exp": None},
        {"exp": 1},
        {"nbf": 9_999_999_999},
        {"nbf": "soon"},
        {"iat": 9_999_999_000, "exp": 9_999_999_999},
        {"iat": None, "jti": "t-1"},
        {"iat": 1},
        {"exp": 9_999_999_999},
        {"sub": ""},
    ],
)
def test_a_signed_token_that_does_not_hold_is_refused(api: Api, issuer: Issuer, changes: dict[str, object]) -> None:
    configure(api, jwks=issuer.document())

    assert who(api, issuer.token("ec", "ES256", **changes)) == "UNAUTHENTICATED"


def test_an_algorithm_that_was_not_named_is_refused(api: Api, issuer: Issuer) -> None:
    configure(api, jwks=issuer.document(), algorithms=["ES256"])

    assert who(api, issuer.token("rsa", "RS256")) == "UNAUTHENTICATED"


@pytest.mark.parametrize("form", ["pem", "der", "json"])
def test_a_public_key_is_never_a_shared_secret(api: Api, issuer: Issuer, form: str) -> None:
    configure(api, jwks=issuer.document())
    rsa = issuer.keys["rsa"]
    assert isinstance(rsa, RSAKey)
    forms = {"pem": rsa.as_pem(private=False), "der": rsa.as_der(private=False), "json": issuer.document().encode()}
    claims = jwt.decode(issuer.token("rsa", "RS256"), rsa, algorithms=["RS256"]).claims
    # by hand: the library would not sign with it
    parts = [_base64(json.dumps(part).encode()) for part in ({"alg": "HS256", "kid": "rsa"}, claims)]
    mac = hmac.new(forms[form], ".".join(parts).encode(), hashlib.sha256).digest()
    forged = ".".join([*parts, _base64(mac)])

    assert who(api, forged) == "UNAUTHENTICATED"


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def test_a_key_of_another_storefront_signs_nothing_here(api: Api, issuer: Issuer) -> None:
    configure(api, jwks=issuer.document())
    other = make_storefront(api.database, "other")
    headers = {**api.as_visitor(other).headers, "Authorization": f"Bearer {issuer.token('ec', 'ES256')}"}

    assert Callee(api.client, headers).code(WHO) == "UNAUTHENTICATED"


@pytest.mark.parametrize(
    "changes, error",
    [
        ({"jwks": "{}"}, ("INVALID_KEY_SET", ["jwks"])),
        ({"jwksUrl": "http://id.shop.example/jwks"}, ("INVALID_URL", ["jwksUrl"])),
        ({"jwksUrl": "https://id.shop.example/jwks", "issuer": None}, ("REQUIRED", ["issuer"])),
        ({"jwksUrl": "https://id.shop.example/jwks", "algorithms": []}, ("REQUIRED", ["algorithms"])),
        ({"longestHours": 0}, ("OUT_OF_RANGE", ["longestHours"])),
        ({"storefrontId": "x"}, ("STOREFRONT_NOT_FOUND", ["storefrontId"])),
    ],
)
def test_a_configuration_that_would_let_in_too_many_is_refused(
    api: Api, changes: dict[str, object], error: tuple[str, list[str]]
) -> None:
    (refused,) = configure(api, **changes)

    assert (refused["code"], refused["field"]) == error
