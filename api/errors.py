"""Errors that are not a mutation's own: coded, translated where a shopper reads them, and never raw exception text."""

from typing import Any

from graphql import FieldNode, GraphQLError, GraphQLSyntaxError

from api.error_codes import ErrorCode
from core import logs

_LONGEST_MESSAGE = 300
_logger = logs.get(__name__)


class ApiError(GraphQLError):
    """An error that is meant for the client: `extensions` hold its code and what else a program needs to know."""

    def __init__(self, code: ErrorCode, message: str, **told: Any) -> None:  # noqa: ANN401 - JSON
        super().__init__(message, extensions={"code": code.value, **told})
        self.code = code


def unauthenticated() -> ApiError:
    """No key, or one that is unknown or expired."""
    return ApiError(
        ErrorCode.UNAUTHENTICATED,
        "Send the storefront's publishable key as Fidelio-Storefront-Key, or a service key as a Bearer token.",
    )


def invalid_token() -> ApiError:
    """A Bearer token that does not verify; which check failed is in the log only."""
    return ApiError(ErrorCode.UNAUTHENTICATED, "The Bearer token is not valid or has expired. Ask for a new one.")


def forbidden(permission: str) -> ApiError:
    """A known caller without the permission."""
    return ApiError(ErrorCode.FORBIDDEN, f"This needs the permission {permission}, which the caller does not have.")


def bad_input(message: str) -> ApiError:
    """An argument that no room can be asked with."""
    return ApiError(ErrorCode.BAD_USER_INPUT, message)


def no_such_operation() -> ApiError:
    """Nothing says which of the document's operations is to run."""
    return ApiError(ErrorCode.OPERATION_RESOLUTION_FAILURE, "Name one of the document's operations as `operationName`.")


def shown(error: GraphQLError) -> GraphQLError:
    """The error as it may leave: what is meant for clients as it is, everything else masked behind an id of the log."""
    cause = error.original_error
    if isinstance(error, ApiError):
        return error
    if isinstance(cause, ApiError):
        return _at(error, cause.message, dict(cause.extensions or {}))
    fault = _fault(error)
    if fault is not None:
        # graphql-core quotes what was sent, which may be as long as a document
        return _at(error, shorten(error.message), {"code": fault.value})
    error_id = logs.report(_logger, cause or error, path=".".join(map(str, error.path or ())))
    message = f"Something went wrong on our side. The operator finds it in the log under {error_id}."
    return _at(error, message, {"code": ErrorCode.INTERNAL_SERVER_ERROR.value, "errorId": error_id})


def shorten(message: str) -> str:
    """The message's beginning, when it is longer than anybody reads."""
    return message if len(message) <= _LONGEST_MESSAGE else message[:_LONGEST_MESSAGE] + " …"


def _fault(error: GraphQLError) -> ErrorCode | None:
    """Which part of the request is at fault, as graphql-core found; None: the fault is ours."""
    cause, nodes = error.original_error, list(error.nodes or ())
    if isinstance(error, GraphQLSyntaxError):
        return ErrorCode.GRAPHQL_PARSE_FAILED
    if error.path is None and (cause is None or (nodes and isinstance(cause, ValueError))):
        # a scalar refuses a value written into the document with a ValueError, which validation passes on
        return ErrorCode.GRAPHQL_VALIDATION_FAILED
    # variables and arguments are coerced when all else is right; what is wrong with an answer names its field
    is_coercion = isinstance(cause, GraphQLError) and bool(nodes) and not isinstance(nodes[0], FieldNode)
    return ErrorCode.BAD_USER_INPUT if is_coercion else None


def _at(error: GraphQLError, message: str, extensions: dict[str, object]) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )
