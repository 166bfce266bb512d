"""enrolMembers: customers on a list become members, each by what they agreed to elsewhere."""

import json
from collections.abc import Mapping
from enum import Enum
from typing import cast

import strawberry
from sqlmodel import Session

from api.audience import seen_by
from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import memberships_by_ids
from api.loyalty.mutations.program_moves import NOT_FROM_HERE
from api.loyalty.types import Membership
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.shop.mutations.record_customer import ConsentInput
from api.writing import IdempotencyKey, write
from core import texts
from core.identity import Permission
from core.refusal import Refusal
from loyalty import enrolment
from loyalty.enrolment import MAX_ROWS, Agreement, Enrolled
from loyalty.refusals import LoyaltyRefusal


@strawberry.input(description="A customer to enrol.")
class EnrolledCustomerInput:
    """As loyalty.enrolment.Enrolled."""

    customer_id: strawberry.ID = strawberry.field(description="Who; recordCustomer makes those who are not known.")
    consents: list[ConsentInput] = strawberry.field(default_factory=list, description="What they said to purposes.")

    def row(self) -> Enrolled:
        """As the room takes it."""
        customer_id = id_or_none_such("Customer", self.customer_id)
        return Enrolled(customer_id, tuple(consent.draft() for consent in self.consents))


@strawberry.input(description="A list of customers, and what all of them agreed to.")
class EnrolMembersInput:
    """As loyalty.enrolment.enrol."""

    program_id: strawberry.ID = strawberry.field(description="The program.")
    terms_version: str = strawberry.field(description="The version of its terms that they agreed to.")
    source: str = strawberry.field(description="Where they agreed: a form, a till, a letter.")
    customers: list[EnrolledCustomerInput] = strawberry.field(description="At most 100.")


@error_codes("Why enrolMembers did nothing, or nothing for one customer.", ILLEGAL_TRANSITION=NOT_FROM_HERE)
class EnrolMembersErrorCode(Enum):
    """Every code of loyalty.enrolment.enrol."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    TOO_MANY = "TOO_MANY"
    PROGRAM_NOT_FOUND = "PROGRAM_NOT_FOUND"
    PROGRAM_ENDED = "PROGRAM_ENDED"
    ILLEGAL_TRANSITION = "ILLEGAL_TRANSITION"
    TERMS_OUTDATED = "TERMS_OUTDATED"
    CUSTOMER_NOT_FOUND = "CUSTOMER_NOT_FOUND"
    ALREADY_MEMBER = "ALREADY_MEMBER"
    BIRTHDAY_REQUIRED = "BIRTHDAY_REQUIRED"
    TOO_YOUNG = "TOO_YOUNG"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    INVALID_TEXT = "INVALID_TEXT"
    DATE_IN_FUTURE = "DATE_IN_FUTURE"
    DATE_TOO_OLD = "DATE_TOO_OLD"


@seen_by(Permission.MANAGE_LOYALTY)
@strawberry.type(description="What became of one customer of the list.")
class EnrolmentOutcome:
    """One of loyalty.enrolment.enrol's."""

    index: int = strawberry.field(description="Their place in the list, from 0.")
    membership: Membership | None = strawberry.field(description="The membership; null when they were refused.")
    user_errors: list[UserError[EnrolMembersErrorCode]] = strawberry.field(description="Why they were refused.")


@strawberry.type(description="What became of each.")
class EnrolMembersPayload:
    """The outcomes, or why there are none."""

    outcomes: list[EnrolmentOutcome] = strawberry.field(description="In the order of the list.")
    user_errors: list[UserError[EnrolMembersErrorCode]] = strawberry.field(description="Empty when the list was read.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def enrol_members(
    info: Info, input: EnrolMembersInput, idempotency_key: IdempotencyKey = None
) -> EnrolMembersPayload:
    """Enrol a list of customers. Each stands alone: who is refused keeps the others from nothing."""
    agreement = Agreement(id_or_none_such("Program", input.program_id), input.terms_version, input.source)
    rows = [customer.row() for customer in input.customers]

    def enrol(session: Session) -> Mapping[str, int | str | None] | Refusal:
        if len(rows) > MAX_ROWS:
            return Refusal(LoyaltyRefusal.TOO_MANY, ("customers",), {"maximum": MAX_ROWS})
        outcomes = enrolment.enrol(session, agreement, rows)
        return {str(index): _stored(outcome) for index, outcome in enumerate(outcomes)}

    outcome = await write(info, input, idempotency_key, enrol)
    if isinstance(outcome, Refusal):
        return EnrolMembersPayload(outcomes=[], user_errors=user_errors(info, EnrolMembersErrorCode, outcome))
    told = cast("Mapping[str, int | str]", outcome)
    outcomes = [await _outcome(info, index, told[str(index)]) for index in range(len(rows))]
    return EnrolMembersPayload(outcomes=outcomes, user_errors=[])


def _stored(outcome: int | Refusal) -> int | str:
    """A refusal as text, since what is kept for a repeat is flat."""
    if not isinstance(outcome, Refusal):
        return outcome
    domain = texts.refusal_domain(outcome)
    return json.dumps([domain, outcome.code.name, list(outcome.field), dict(outcome.params)])


async def _outcome(info: Info, index: int, told: int | str) -> EnrolmentOutcome:
    if isinstance(told, int):
        found = await info.context.load(memberships_by_ids, told)
        return EnrolmentOutcome(index=index, membership=cast("Membership | None", found), user_errors=[])
    domain, code, path, params = json.loads(told)
    message = texts.say(domain, code, info.context.caller.locale, **params)
    error = UserError(code=EnrolMembersErrorCode[code], field=path or None, message=message)
    return EnrolmentOutcome(index=index, membership=None, user_errors=[error])
