"""What an operator may register: documents that this schema answers, within the limits that every request has."""

from graphql import DocumentNode, GraphQLError, parse, validate
from strawberry.schema import BaseSchema

from api.limits import MAX_COMMENTS, MAX_LENGTH, MAX_TOKENS, Measure, too_large


def faults(schema: BaseSchema, text: str) -> list[str]:
    """Why the document would be refused whenever it is asked for; empty when it would run."""
    try:
        document = _parsed(text)
    except GraphQLError as fault:
        return [fault.message]
    excess = Measure(document).excess()
    if excess is not None:
        return [too_large(*excess).message]
    return [fault.message for fault in validate(schema._schema, document)]  # type: ignore[attr-defined]


def _parsed(text: str) -> DocumentNode:
    return parse(
        text, max_lexical_tokens=MAX_TOKENS, max_comments=MAX_COMMENTS, max_source_length=MAX_LENGTH, no_location=True
    )
