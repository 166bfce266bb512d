"""The closed list of `extensions.code`, with the status of each. What a mutation refuses itself is in its userErrors.

Apollo's words where Apollo has one. docs/errors.md says when each is sent and what to do; a test holds it to this list.
"""

from enum import StrEnum


class ErrorCode(StrEnum):
    """Every code that an error of /graphql may carry."""

    # Apollo's, read 2026-11-27: https://www.apollographql.com/docs/apollo-server/data/errors#built-in-error-codes
    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    BAD_USER_INPUT = "BAD_USER_INPUT"
    OPERATION_RESOLUTION_FAILURE = "OPERATION_RESOLUTION_FAILURE"
    BAD_REQUEST = "BAD_REQUEST"
    INTERNAL_SERVER_ERROR = "INTERNAL_SERVER_ERROR"
    # Apollo's former AuthenticationError and ForbiddenError
    UNAUTHENTICATED = "UNAUTHENTICATED"
    FORBIDDEN = "FORBIDDEN"
    # Apollo's for documents that are named instead of sent
    PERSISTED_QUERY_NOT_FOUND = "PERSISTED_QUERY_NOT_FOUND"
    PERSISTED_QUERY_NOT_SUPPORTED = "PERSISTED_QUERY_NOT_SUPPORTED"
    PERSISTED_QUERY_NOT_IN_LIST = "PERSISTED_QUERY_NOT_IN_LIST"
    # HTTP's own refusals, in its words
    METHOD_NOT_ALLOWED = "METHOD_NOT_ALLOWED"
    NOT_ACCEPTABLE = "NOT_ACCEPTABLE"
    UNSUPPORTED_MEDIA_TYPE = "UNSUPPORTED_MEDIA_TYPE"
    REQUEST_TIMEOUT = "REQUEST_TIMEOUT"
    CONTENT_TOO_LARGE = "CONTENT_TOO_LARGE"
    # ours, for which Apollo has no word
    DOCUMENT_TOO_LARGE = "DOCUMENT_TOO_LARGE"
    QUERY_TOO_EXPENSIVE = "QUERY_TOO_EXPENSIVE"
    THROTTLED = "THROTTLED"
    TIMEOUT = "TIMEOUT"
    IDEMPOTENCY_IN_PROGRESS = "IDEMPOTENCY_IN_PROGRESS"
    SUBSCRIBER_TOO_SLOW = "SUBSCRIBER_TOO_SLOW"
    TOO_MANY_STREAMS = "TOO_MANY_STREAMS"
    SERVER_STOPPING = "SERVER_STOPPING"


# of an answer without data; what one field refuses leaves the others their answer, and the status 200
STATUS: dict[ErrorCode, int] = {
    ErrorCode.GRAPHQL_PARSE_FAILED: 400,
    ErrorCode.GRAPHQL_VALIDATION_FAILED: 400,
    ErrorCode.BAD_USER_INPUT: 400,
    ErrorCode.OPERATION_RESOLUTION_FAILURE: 400,
    ErrorCode.BAD_REQUEST: 400,
    ErrorCode.INTERNAL_SERVER_ERROR: 500,
    ErrorCode.UNAUTHENTICATED: 401,
    # of a subscription; a query answers with the rest of its fields
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.PERSISTED_QUERY_NOT_FOUND: 404,
    ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED: 400,
    ErrorCode.PERSISTED_QUERY_NOT_IN_LIST: 403,
    ErrorCode.METHOD_NOT_ALLOWED: 405,
    ErrorCode.NOT_ACCEPTABLE: 406,
    ErrorCode.UNSUPPORTED_MEDIA_TYPE: 415,
    ErrorCode.REQUEST_TIMEOUT: 408,
    ErrorCode.CONTENT_TOO_LARGE: 413,
    ErrorCode.DOCUMENT_TOO_LARGE: 400,
    ErrorCode.QUERY_TOO_EXPENSIVE: 400,
    ErrorCode.THROTTLED: 429,
    ErrorCode.TIMEOUT: 503,
    ErrorCode.IDEMPOTENCY_IN_PROGRESS: 200,
    ErrorCode.SUBSCRIBER_TOO_SLOW: 200,
    ErrorCode.TOO_MANY_STREAMS: 429,
    ErrorCode.SERVER_STOPPING: 503,
}
