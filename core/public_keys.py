"""The public keys of those who sign customer tokens, read from a JWK Set (RFC 7517). Remembering them is key_sets'."""

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from joserfc.jwk import ECKey, OKPKey, RSAKey

# asymmetric alone: a public key is known to everybody, so nothing may be verified with it as if it were a secret
KINDS = {
    "RS256": "RSA",
    "RS384": "RSA",
    "RS512": "RSA",
    "PS256": "RSA",
    "PS384": "RSA",
    "PS512": "RSA",
    "ES256": "EC",
    "ES384": "EC",
    "ES512": "EC",
    "EdDSA": "OKP",
    "Ed25519": "OKP",
}
MAX_BYTES = 65_536
MAX_KEYS = 32
_SHORTEST_RSA_BITS = 2048
_PRIVATE_PARTS = frozenset({"d", "p", "q", "dp", "dq", "qi", "oth", "k"})


@dataclass(frozen=True, slots=True)
class PublicKey:
    """One key, and what its owner says of it."""

    kid: str | None
    algorithm: str | None
    key: "RSAKey | ECKey | OKPKey"

    def fits(self, algorithm: str, kid: str | None) -> bool:
        """Whether a token with this header may be verified with the key."""
        said = self.algorithm is None or self.algorithm == algorithm
        return said and KINDS.get(algorithm) == self.key.key_type and (kid is None or kid == self.kid)


def read(document: bytes | str) -> tuple[PublicKey, ...] | None:
    """The usable keys of a JWK Set; None when it is not one, or larger than any honest one.

    Left out are symmetric and private keys, keys for encryption, RSA below 2048 bits, and what cannot be read.
    """
    if len(document) > MAX_BYTES:
        return None
    try:
        parsed = json.loads(document)
    except (ValueError, RecursionError):
        return None
    listed = parsed.get("keys") if isinstance(parsed, dict) else None
    if not isinstance(listed, list) or len(listed) > MAX_KEYS:
        return None
    return tuple(key for key in map(_read_one, listed) if key is not None)


def fitting(keys: tuple[PublicKey, ...], algorithm: str, kid: str | None) -> PublicKey | None:
    """The key for a token with this header. Without a `kid` only a key that stands alone is meant."""
    found = [key for key in keys if key.fits(algorithm, kid)]
    return found[0] if found and (kid is not None or len(found) == 1) else None


def _read_one(given: Any) -> PublicKey | None:  # noqa: ANN401 - JSON from outside
    from joserfc.errors import JoseError
    from joserfc.jwk import ECKey, OKPKey, RSAKey

    readers: dict[str, type[RSAKey | ECKey | OKPKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
    if not isinstance(given, dict) or _PRIVATE_PARTS & given.keys() or given.get("use", "sig") != "sig":
        return None
    reader = readers.get(str(given.get("kty")))
    try:
        key = reader.import_key(given) if reader is not None else None
    except (JoseError, ValueError, TypeError, KeyError):
        return None
    if key is None or (isinstance(key, RSAKey) and key.raw_value.key_size < _SHORTEST_RSA_BITS):
        return None
    return PublicKey(_text(given.get("kid")), _text(given.get("alg")), key)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None
