"""Errors that are not a mutation's own: coded, translated where a shopper reads them, and never raw exception text."""

from graphql import GraphQLError

from core import logs

_logger = logs.get(__name__)


class ApiError(GraphQLError):
    """An error that is meant for the client: `extensions.code` is one of the documented codes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message, extensions={"code": code})


def unauthenticated() -> ApiError:
    """No key, or one that is unknown or expired."""
    return ApiError(
        "UNAUTHENTICATED",
        "Send the storefront's publishable key as Fidelio-Storefront-Key, or a service key as a Bearer token.",
    )


def invalid_token() -> ApiError:
    """A Bearer token that does not verify; which check failed is in the log only."""
    return ApiError("UNAUTHENTICATED", "The Bearer token is not valid or has expired. Ask for a new one.")


def forbidden(permission: str) -> ApiError:
    """A known caller without the permission."""
    return ApiError("FORBIDDEN", f"This needs the permission {permission}, which the caller does not have.")


def bad_input(message: str) -> ApiError:
    """An argument that no room can be asked with."""
    return ApiError("BAD_USER_INPUT", message)


def shown(error: GraphQLError) -> GraphQLError:
    """The error as it may leave: what is meant for clients as it is, everything else masked behind an id of the log."""
    cause = error.original_error
    if isinstance(error, ApiError):
        return error
    if isinstance(cause, ApiError):
        return _at(error, cause.message, dict(cause.extensions or {}))
    if cause is None or isinstance(cause, GraphQLError):
        # the document's own fault: a syntax, validation or coercion error, in graphql-core's words
        code = "GRAPHQL_PARSE_FAILED" if error.message.startswith("Syntax Error") else "GRAPHQL_VALIDATION_FAILED"
        return _at(error, error.message, {"code": code})
    error_id = logs.report(_logger, cause, path=".".join(map(str, error.path or ())))
    message = f"Something went wrong on our side. The operator finds it in the log under {error_id}."
    return _at(error, message, {"code": "INTERNAL_SERVER_ERROR", "errorId": error_id})


def _at(error: GraphQLError, message: str, extensions: dict[str, object]) -> GraphQLError:
    return GraphQLError(
        message,
        nodes=error.nodes,
        source=error.source,
        positions=error.positions,
        path=error.path,
        extensions=extensions,
    )
