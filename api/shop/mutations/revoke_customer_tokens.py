"""revokeCustomerTokens: the merchant's systems refuse one token, or all of a customer."""

from enum import Enum

import strawberry
from sqlmodel import Session

from api.context import Info
from api.enums import error_codes
from api.errors import bad_input
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from shop import customer_tokens


@strawberry.input(description="Which tokens: give either `tokenId` or `externalId`.")
class RevokeCustomerTokensInput:
    """A storefront and what to refuse there."""

    storefront_id: strawberry.ID = strawberry.field(description="The storefront that the tokens are for.")
    token_id: str | None = strawberry.field(default=None, description="The `jti` of one token.")
    external_id: str | None = strawberry.field(
        default=None, description="The `sub` of all tokens issued up to now, the shop's id of the customer."
    )


@error_codes("Why revokeCustomerTokens did nothing.")
class RevokeCustomerTokensErrorCode(Enum):
    """Every code of shop.customer_tokens.revoke and sign_out."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    INVALID_TEXT = "INVALID_TEXT"
    REQUIRED = "REQUIRED"
    STOREFRONT_NOT_FOUND = "STOREFRONT_NOT_FOUND"
    TOO_LONG = "TOO_LONG"


@strawberry.type(description="Whether the tokens are refused from now on.")
class RevokeCustomerTokensPayload:
    """Done, or why not."""

    revoked: bool = strawberry.field(description="Whether they are.")
    user_errors: list[UserError[RevokeCustomerTokensErrorCode]] = strawberry.field(
        description="Empty when it was done."
    )


@mutation(requires=Permission.MANAGE_SHOP)
async def revoke_customer_tokens(
    info: Info, input: RevokeCustomerTokensInput, idempotency_key: IdempotencyKey = None
) -> RevokeCustomerTokensPayload:
    """Refuse one customer token by its `jti`, or every token of a customer that was issued up to now."""
    if (input.token_id is None) == (input.external_id is None):
        raise bad_input("Give either tokenId or externalId.")
    storefront_id = id_or_none_such("Storefront", input.storefront_id)

    def act(session: Session) -> int | Refusal:
        if input.token_id is not None:
            return customer_tokens.revoke(session, storefront_id, input.token_id)
        return customer_tokens.sign_out(session, storefront_id, input.external_id or "")

    outcome = await write(info, input, idempotency_key, act)
    errors = user_errors(info, RevokeCustomerTokensErrorCode, outcome) if isinstance(outcome, Refusal) else []
    return RevokeCustomerTokensPayload(revoked=not errors, user_errors=errors)
