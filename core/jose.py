"""The signature of a JWT, checked with one key and one algorithm. What its claims must be is customer_tokens'."""

from typing import Any

from joserfc import jwt
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jws import JWSRegistry


class _OneAlgorithm(JWSRegistry):
    """Knows the algorithm that was chosen for the key, whatever the token asks for.

    The library's own would warn of `EdDSA` with every token: RFC 9864 renames it, and issuers still say it.
    """

    def get_alg(self, name: str) -> Any:  # noqa: ANN401 - the library's model of an algorithm
        if name not in (self.allowed or ()):
            raise UnsupportedAlgorithmError(f"not {name}")
        return self.algorithms[name]


def verified(token: str, key: Any, algorithm: str) -> dict[str, Any] | None:  # noqa: ANN401 - any key of the library's
    """The claims of a token that this key has signed with this algorithm; None for every other text."""
    try:
        return jwt.decode(token, key, registry=_OneAlgorithm(algorithms=[algorithm])).claims
    # a header or a body of the wrong shape, or too deep, is met by the library with errors of any kind
    except (JoseError, ValueError, TypeError, RecursionError):
        return None
