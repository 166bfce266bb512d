"""joinProgram: a customer agrees to a program's terms and becomes a member."""

from datetime import date
from enum import Enum
from typing import cast

import strawberry

from api.callers import customer_of
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import memberships_by_ids
from api.loyalty.types import Membership
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core import clock
from core.identity import Permission
from core.refusal import Refusal
from loyalty import memberships
from loyalty.memberships import JoinDraft
from shop.consents import ConsentDraft

_SOURCE = "STOREFRONT"


@strawberry.input(description="What the customer says to one purpose beside the program itself.")
class ConsentChoiceInput:
    """As shop.consents.ConsentDraft; where and when are the storefront and now."""

    purpose: str = strawberry.field(description="What for, such as newsletter.")
    granted: bool = strawberry.field(description="Whether the customer agrees.")

    def draft(self) -> ConsentDraft:
        """As the room takes it."""
        return ConsentDraft(purpose=self.purpose, granted=self.granted, source=_SOURCE, at=clock.now())


@strawberry.input(description="A program, and the version of its terms that the customer has read and agrees to.")
class JoinProgramInput:
    """As loyalty.memberships.JoinDraft; who joins is who asks."""

    program_id: strawberry.ID = strawberry.field(description="The program.")
    terms_version: str = strawberry.field(description="Its `termsVersion` as shown to the customer.")
    birthday: date | None = strawberry.field(
        default=None, description="For a program with a `minimumAge`; kept unless the shop knows one."
    )
    consents: list[ConsentChoiceInput] = strawberry.field(
        default_factory=list, description="What the customer said to other purposes on the same form."
    )


@error_codes("Why joinProgram did nothing.")
class JoinProgramErrorCode(Enum):
    """Every code of loyalty.memberships.join."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PROGRAM_NOT_FOUND = "PROGRAM_NOT_FOUND"
    PROGRAM_ENDED = "PROGRAM_ENDED"
    TERMS_OUTDATED = "TERMS_OUTDATED"
    BIRTHDAY_REQUIRED = "BIRTHDAY_REQUIRED"
    INVALID_BIRTHDAY = "INVALID_BIRTHDAY"
    TOO_YOUNG = "TOO_YOUNG"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    INVALID_TEXT = "INVALID_TEXT"
    ALREADY_MEMBER = "ALREADY_MEMBER"


@strawberry.type(description="The new membership.")
class JoinProgramPayload:
    """The membership, or why not."""

    membership: Membership | None = strawberry.field(description="It.")
    user_errors: list[UserError[JoinProgramErrorCode]] = strawberry.field(description="Empty when they joined.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def join_program(
    info: Info, input: JoinProgramInput, idempotency_key: IdempotencyKey = None
) -> JoinProgramPayload:
    """Join a program. Orders and reviews earn from then on, not before."""
    caller, program_id = info.context.caller, id_or_none_such("Program", input.program_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: memberships.join(session, _draft(input, program_id, customer_of(session, caller))),
    )
    if isinstance(outcome, Refusal):
        return JoinProgramPayload(membership=None, user_errors=user_errors(info, JoinProgramErrorCode, outcome))
    found = await info.context.load(memberships_by_ids, cast("int", outcome))
    return JoinProgramPayload(membership=cast("Membership | None", found), user_errors=[])


def _draft(input: JoinProgramInput, program_id: int, customer_id: int) -> JoinDraft:
    return JoinDraft(
        program_id=program_id,
        customer_id=customer_id,
        terms_version=input.terms_version,
        consent_source=_SOURCE,
        birthday=input.birthday,
        consents=tuple(consent.draft() for consent in input.consents),
    )
