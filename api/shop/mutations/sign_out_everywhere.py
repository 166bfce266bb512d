"""signOutEverywhere: a customer refuses all tokens that were issued to them."""

from enum import Enum

import strawberry
from sqlmodel import Session

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from shop import customer_tokens


@error_codes("Why signOutEverywhere did nothing.")
class SignOutEverywhereErrorCode(Enum):
    """Only what every mutation may answer: whoever has a token can be signed out."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"


@strawberry.type(description="Whether the caller's tokens are refused from now on.")
class SignOutEverywherePayload:
    """Done, or why not."""

    signed_out: bool = strawberry.field(description="Whether they are.")
    user_errors: list[UserError[SignOutEverywhereErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.ACT_AS_CUSTOMER)
async def sign_out_everywhere(info: Info, idempotency_key: IdempotencyKey = None) -> SignOutEverywherePayload:
    """Refuse every token of the caller's on this storefront that was issued up to now, the one they came with too."""
    caller = info.context.caller

    def act(session: Session) -> int | Refusal:
        return customer_tokens.sign_out(session, caller.storefront_id or 0, caller.customer_external_id or "")

    outcome = await write(info, None, idempotency_key, act)
    errors = user_errors(info, SignOutEverywhereErrorCode, outcome) if isinstance(outcome, Refusal) else []
    return SignOutEverywherePayload(signed_out=not errors, user_errors=errors)
