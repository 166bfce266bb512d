"""What is read from a JWK Set, and what is left out of it."""

import json

import pytest
from joserfc.jwk import ECKey, OctKey, OKPKey, RSAKey

from core import public_keys

EC = ECKey.generate_key("P-256").as_dict(private=False)


def read(*keys: object) -> list[str]:
    found = public_keys.read(json.dumps({"keys": keys}))
    assert found is not None
    return [key.key.key_type for key in found]


def test_rsa_elliptic_and_edwards_keys_are_read() -> None:
    made: list[RSAKey | ECKey | OKPKey] = [
        RSAKey.generate_key(2048),
        ECKey.generate_key("P-384"),
        OKPKey.generate_key("Ed25519"),
    ]

    assert read(*(key.as_dict(private=False) for key in made)) == ["RSA", "EC", "OKP"]


@pytest.mark.parametrize(
    "left_out",
    [
        OctKey.generate_key(256).as_dict(private=True),
        ECKey.generate_key("P-256").as_dict(private=True),
        {**EC, "use": "enc"},
        {"kty": "EC", "crv": "P-256", "x": "no"},
        {"kty": "RSA", "n": "AQAB", "e": "AQAB"},
        {"kty": 7},
        "a string",
    ],
)
def test_what_cannot_or_must_not_verify_is_left_out(left_out: object) -> None:
    assert read(left_out, EC) == ["EC"]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"keys": 1}', "[" * 10_000, '{"keys": []}' + " " * 70_000])
def test_what_is_no_set_is_refused(text: str) -> None:
    assert public_keys.read(text) is None


def test_a_key_verifies_its_own_algorithm_alone() -> None:
    (key,) = public_keys.read(json.dumps({"keys": [{**EC, "alg": "ES256", "kid": "a"}]})) or ()

    fits = [(alg, kid) for alg in (*public_keys.KINDS, "HS256", "none") for kid in ("a", "b") if key.fits(alg, kid)]
    assert fits == [("ES256", "a")]
