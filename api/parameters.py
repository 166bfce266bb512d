"""What a request asks, taken from its address or its body and checked. Running it is the schema's."""

from collections.abc import Mapping
from typing import TypeGuard

import orjson
from starlette.datastructures import Headers
from starlette.requests import Request
from strawberry.http import GraphQLRequestData

from api import bodies
from api.bodies import BodyFault
from api.error_codes import ErrorCode
from api.errors import ApiError

MAX_BODY = 1_048_576
# the name of a document in place of its text; carried on among the extensions
DOCUMENT_ID = "documentId"
_JSON_PARAMETERS = ("variables", "extensions")
_AS_IT_IS = "identity"
_UTF_8 = frozenset({"utf-8", "utf8"})


class RequestRefusedError(ApiError):
    """A request that never becomes an operation: headers say more."""

    def __init__(self, code: ErrorCode, message: str, **headers: str) -> None:
        super().__init__(code, message)
        self.headers = headers


class UnreadableError(RequestRefusedError):
    """A body that is no JSON."""

    def __init__(self) -> None:
        super().__init__(ErrorCode.BAD_REQUEST, "The body is not JSON.")


def malformed(message: str) -> RequestRefusedError:
    """A body or parameters that are not what GraphQL over HTTP asks for."""
    return RequestRefusedError(ErrorCode.BAD_REQUEST, message)


async def read(request: Request, *, seconds: float) -> GraphQLRequestData:
    """The document, variables, operation name and extensions of a GET or POST.

    `seconds`: how long the body may take (api.bodies). Raises RequestRefusedError: 405 other methods, 415 another body
    than JSON in UTF-8 or a compressed one, 413 a body over MAX_BODY, 408 one that does not come, 400
    what cannot be read.
    """
    if request.method == "GET":
        return checked(_of_address(request.query_params))
    if request.method != "POST":
        raise RequestRefusedError(ErrorCode.METHOD_NOT_ALLOWED, "Use GET or POST.", Allow="GET, POST")
    if not _is_json(request.headers):
        raise RequestRefusedError(ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json in UTF-8.")
    if request.headers.get("content-encoding", _AS_IT_IS).strip().lower() != _AS_IT_IS:
        # a thousand bytes may unfold to a million
        refused = "Send the body without a Content-Encoding."
        raise RequestRefusedError(ErrorCode.UNSUPPORTED_MEDIA_TYPE, refused, **{"Accept-Encoding": _AS_IT_IS})
    return checked(_parsed(await _body(request, seconds), UnreadableError()))


def _of_address(given: Mapping[str, str]) -> dict[str, object]:
    parameters: dict[str, object] = {name: value for name, value in given.items() if value}
    for name in _JSON_PARAMETERS:
        if name in parameters:
            parameters[name] = _parsed(given[name], malformed(f"The parameter {name} is not JSON."))
    return parameters


def _is_json(headers: Headers) -> bool:
    name, _, parameters = headers.get("content-type", "").lower().partition(";")
    charset = next((part.strip()[8:] for part in parameters.split(";") if part.strip().startswith("charset=")), "utf-8")
    return name.strip() == "application/json" and charset.strip('"') in _UTF_8


async def _body(request: Request, seconds: float) -> bytes:
    body = await bodies.read(request, most=MAX_BODY, seconds=seconds)
    if body is BodyFault.TOO_LARGE:
        raise RequestRefusedError(ErrorCode.CONTENT_TOO_LARGE, f"A body has at most {MAX_BODY} bytes.")
    if body is BodyFault.INCOMPLETE:
        raise RequestRefusedError(ErrorCode.REQUEST_TIMEOUT, "The body did not arrive in time. Send the same again.")
    return body


def _parsed(text: str | bytes, refusal: RequestRefusedError) -> object:
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as problem:
        raise refusal from problem


def checked(given: object) -> GraphQLRequestData:
    """What a JSON body asks; 400 when it is no object of the right parts."""
    if isinstance(given, list):
        raise malformed("Send one operation a request: batches are not taken.")
    if not isinstance(given, dict):
        raise malformed("The body must be a JSON object.")
    query, name = given.get("query"), given.get("operationName")
    if not _is_text(query) or not _is_text(name):
        raise malformed("`query` and `operationName` must be strings.")
    variables, extensions = given.get("variables"), given.get("extensions")
    if not _is_object(variables) or not _is_object(extensions):
        raise malformed("`variables` and `extensions` must be objects.")
    document_id = given.get(DOCUMENT_ID)
    if document_id is not None:
        if not isinstance(document_id, str):
            raise malformed("`documentId` must be a string.")
        extensions = {**(extensions or {}), DOCUMENT_ID: document_id}
    return GraphQLRequestData(
        query=query or None, variables=variables, operation_name=name or None, extensions=extensions
    )


def _is_text(value: object) -> TypeGuard[str | None]:
    return value is None or isinstance(value, str)


def _is_object(value: object) -> TypeGuard[dict[str, object] | None]:
    return value is None or isinstance(value, dict)
