"""recordCustomer: describe one of the shop's customers."""

from datetime import date
from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.payloads import UserError, user_errors
from api.scalars import DateTime
from api.shop.loaders import customers_by_ids
from api.shop.mutations.addressing import storefront_number
from api.shop.order_types import Customer
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from shop import customers
from shop.consents import ConsentDraft
from shop.customers import CustomerDraft


@strawberry.input(description="That the customer agreed to a purpose, or withdrew from it.")
class ConsentInput:
    """As shop.consents.ConsentDraft."""

    purpose: str = strawberry.field(description="What for, such as newsletter.")
    granted: bool = strawberry.field(description="Whether the customer agrees.")
    source: str = strawberry.field(description="Where it was said: a form, the till.")
    at: DateTime = strawberry.field(description="When it was said.")

    def draft(self) -> ConsentDraft:
        """As the room takes it."""
        return ConsentDraft(purpose=self.purpose, granted=self.granted, source=self.source, at=self.at)


@strawberry.input(description="A customer as the shop describes them; what is left out stays as it was.")
class RecordCustomerInput:
    """As shop.customers.CustomerDraft."""

    storefront_id: strawberry.ID | None = strawberry.field(
        default=None, description="Whose customer; left out, the storefront whose key was sent."
    )
    external_id: str | None = strawberry.field(default=None, description="The shop's own id; this or an e-mail.")
    email: str | None = strawberry.field(default=None, description="Their e-mail.")
    email_confirmed: bool = strawberry.field(
        default=False, description="Whether the shop has proof that the e-mail is theirs. Without it, no history."
    )
    first_name: str | None = strawberry.field(default=None, description="Given name.")
    last_name: str | None = strawberry.field(default=None, description="Family name.")
    birthday: date | None = strawberry.field(default=None, description="Date of birth.")
    locale: str | None = strawberry.field(default=None, description="The language they chose, BCP 47.")
    time_zone: str | None = strawberry.field(default=None, description="Their IANA time zone.")
    consents: list[ConsentInput] = strawberry.field(default_factory=list, description="What they said to purposes.")

    def draft(self, info: Info) -> CustomerDraft:
        """As the room takes it."""
        told = {**vars(self), "consents": tuple(consent.draft() for consent in self.consents)}
        return CustomerDraft(**{**told, "storefront_id": storefront_number(info, self.storefront_id)})


@error_codes("Why recordCustomer did nothing.")
class RecordCustomerErrorCode(Enum):
    """Every code of shop.customers.record."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    INVALID_TEXT = "INVALID_TEXT"
    INVALID_EMAIL = "INVALID_EMAIL"
    INVALID_BIRTHDAY = "INVALID_BIRTHDAY"
    INVALID_LOCALE = "INVALID_LOCALE"
    INVALID_TIME_ZONE = "INVALID_TIME_ZONE"
    DATE_IN_FUTURE = "DATE_IN_FUTURE"
    DATE_TOO_OLD = "DATE_TOO_OLD"
    IDENTITY_REQUIRED = "IDENTITY_REQUIRED"
    IDENTITY_TAKEN = "IDENTITY_TAKEN"
    STOREFRONT_NOT_FOUND = "STOREFRONT_NOT_FOUND"


@strawberry.type(description="What recordCustomer answers.")
class RecordCustomerPayload:
    """The customer, or why not."""

    customer: Customer | None = strawberry.field(description="The customer.")
    user_errors: list[UserError[RecordCustomerErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_SHOP)
async def record_customer(
    info: Info, input: RecordCustomerInput, idempotency_key: IdempotencyKey = None
) -> RecordCustomerPayload:
    """Create or complete the customer that the external id, or else the e-mail, names."""
    draft = input.draft(info)
    outcome = await write(info, input, idempotency_key, lambda session: customers.record(session, draft))
    if isinstance(outcome, Refusal):
        return RecordCustomerPayload(customer=None, user_errors=user_errors(info, RecordCustomerErrorCode, outcome))
    found = await info.context.load(customers_by_ids, cast("int", outcome))
    return RecordCustomerPayload(customer=cast("Customer | None", found), user_errors=[])
