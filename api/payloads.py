"""What a mutation answers with beside its thing: userErrors, in the reader's language."""

from enum import Enum
from typing import Generic, TypeVar

import strawberry

from api.audience import seen_by
from api.context import Info
from core import texts
from core.identity import Permission
from core.refusal import Refusal

Code = TypeVar("Code", bound=Enum)


@seen_by(Permission.READ_PUBLIC)
@strawberry.type(description="Why the mutation did nothing, and what to do about it.")
class UserError(Generic[Code]):
    """One refusal, rendered."""

    code: Code = strawberry.field(description="What was refused, for programs.")
    field: list[str] | None = strawberry.field(description="The input field it is about, outermost first.")
    message: str = strawberry.field(description="What happened and what to do, in the reader's language.")


def user_errors(info: Info, codes: type[Code], refusal: Refusal) -> list[UserError[Code]]:
    """The refusal as the mutation's own error type. A code that `codes` lacks is a bug and raises KeyError."""
    caller = info.context.caller
    return [
        UserError(
            code=codes[refusal.code.name],
            field=list(refusal.field) or None,
            message=texts.refusal_sentence(refusal, caller.locale, zone=caller.zone),
        )
    ]
