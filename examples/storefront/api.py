"""The one way from this shop to Fidelio: a GraphQL document over HTTP, and what can go wrong with it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import httpx2

from examples.storefront.markets import Market

# JSON as the API answers it; the .graphql files say which fields are there
Data: TypeAlias = dict[str, Any]

_QUERIES = Path(__file__).parent / "queries"
_UNREACHABLE_FROM = 500


class ApiAwayError(Exception):
    """The API did not answer, or not with GraphQL."""


class ApiRefusedError(Exception):
    """The API answered with an error; `code` is the first one's."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code


class TokenRefusedError(Exception):
    """The customer's token is not good, or no longer."""


@cache
def document(name: str) -> str:
    """The text of queries/<name>.graphql."""
    return (_QUERIES / f"{name}.graphql").read_text(encoding="utf-8")


class Api:
    """Asks as a market's visitor, or as its customer when given their token."""

    def __init__(self, url: str, http: httpx2.AsyncClient) -> None:
        self._url = url
        self._http = http

    async def ask(
        self, name: str, market: Market, *, token: str | None = None, variables: Mapping[str, object]
    ) -> Data:
        """The data of queries/<name>.graphql; raises one of the three errors above instead of giving half of it."""
        headers = {"Fidelio-Storefront-Key": market.key}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        body = {"query": document(name), "variables": dict(variables)}
        try:
            response = await self._http.post(self._url, json=body, headers=headers)
            if response.status_code >= _UNREACHABLE_FROM:
                raise ApiAwayError(f"the API answered {response.status_code}")
            answer = response.json()
        except (httpx2.HTTPError, ValueError) as problem:
            raise ApiAwayError(str(problem) or type(problem).__name__) from problem
        return _data(answer, with_token=token is not None)


def _data(answer: Data, *, with_token: bool) -> Data:
    errors = answer.get("errors") or []
    if not errors:
        data: Data = answer["data"]
        return data
    code = errors[0].get("extensions", {}).get("code", "UNKNOWN")
    if code == "UNAUTHENTICATED" and with_token:
        raise TokenRefusedError
    raise ApiRefusedError(code, errors[0].get("message", ""))
