"""acceptTerms: a member agrees to a program's changed terms."""

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
from core.identity import Permission
from core.refusal import Refusal
from loyalty import memberships


@strawberry.input(description="A program, and the version of its terms that the member has read and agrees to.")
class AcceptTermsInput:
    """As loyalty.memberships.accept_terms; whose membership is who asks."""

    program_id: strawberry.ID = strawberry.field(description="The program.")
    terms_version: str = strawberry.field(description="Its `termsVersion` as shown to the member.")


@error_codes("Why acceptTerms did nothing.")
class AcceptTermsErrorCode(Enum):
    """Every code of loyalty.memberships.accept_terms."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    NOT_A_MEMBER = "NOT_A_MEMBER"
    TERMS_OUTDATED = "TERMS_OUTDATED"


@strawberry.type(description="The membership after it.")
class AcceptTermsPayload:
    """The membership, or why not."""

    membership: Membership | None = strawberry.field(description="It.")
    user_errors: list[UserError[AcceptTermsErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def accept_terms(
    info: Info, input: AcceptTermsInput, idempotency_key: IdempotencyKey = None
) -> AcceptTermsPayload:
    """Agree to the present terms of a program. Until then a member keeps those they had agreed to."""
    caller, program_id = info.context.caller, id_or_none_such("Program", input.program_id)
    outcome = await write(
        info,
        input,
        idempotency_key,
        lambda session: memberships.accept_terms(
            session, customer_id=customer_of(session, caller), program_id=program_id, version=input.terms_version
        ),
    )
    if isinstance(outcome, Refusal):
        return AcceptTermsPayload(membership=None, user_errors=user_errors(info, AcceptTermsErrorCode, outcome))
    found = await info.context.load(memberships_by_ids, cast("int", outcome))
    return AcceptTermsPayload(membership=cast("Membership | None", found), user_errors=[])
