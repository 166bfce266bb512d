"""Which HTTP status an answer of /graphql has, in the edition of GraphQL over HTTP that the operator has chosen.

`2024`: what published audits and most clients of today expect; each code's is in api.error_codes. `draft`: as the
draft has it since: 422 for what is well-formed and wrong, 294 for data with errors beside it.
Source: https://graphql.github.io/graphql-over-http/draft/#sec-Status-Codes (read 2026-08-06).
"""

from typing import Literal

from api.error_codes import STATUS, ErrorCode
from api.errors import ApiError
from api.parameters import UnreadableError

PARTIAL = 294
_DRAFT: dict[ErrorCode, int] = {
    ErrorCode.GRAPHQL_VALIDATION_FAILED: 422,
    ErrorCode.BAD_USER_INPUT: 422,
    ErrorCode.OPERATION_RESOLUTION_FAILURE: 422,
    ErrorCode.BAD_REQUEST: 422,
}


class Statuses:
    """The statuses of one edition."""

    def __init__(self, edition: Literal["2024", "draft"]) -> None:
        self._partial = PARTIAL if edition == "draft" else 200
        self._of_code = {**STATUS, **_DRAFT} if edition == "draft" else STATUS

    def of_answer(self, refusal: ErrorCode | None, *, has_errors: bool) -> int:
        """Of application/graphql-response+json: `refusal` is the code of an answer without data."""
        if refusal is not None:
            return self._of_code[refusal]
        return self._partial if has_errors else 200

    def of_refused(self, refused: ApiError) -> int:
        """Of a request that never became an operation, in either type. A body that is no JSON is 400 in both."""
        return STATUS[refused.code] if isinstance(refused, UnreadableError) else self._of_code[refused.code]
