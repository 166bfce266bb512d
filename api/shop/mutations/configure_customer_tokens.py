"""configureCustomerTokens: whose signatures a storefront takes beside its shared secret."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import described, error_codes
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.shop.loaders import storefront_by_id
from api.shop.types import Storefront
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from shop import customer_tokens
from shop.customer_tokens import SigningDraft


class TokenAlgorithm(Enum):
    """The algorithms of core.public_keys, in GraphQL's letters."""

    RS256 = "RS256"
    RS384 = "RS384"
    RS512 = "RS512"
    PS256 = "PS256"
    PS384 = "PS384"
    PS512 = "PS512"
    ES256 = "ES256"
    ES384 = "ES384"
    ES512 = "ES512"
    EDDSA = "EdDSA"
    ED25519 = "Ed25519"


described(
    TokenAlgorithm,
    description="How a token may be signed with a key of which only the public half is known here.",
    values={
        "RS256": "RSA with SHA-256.",
        "RS384": "RSA with SHA-384.",
        "RS512": "RSA with SHA-512.",
        "PS256": "RSA-PSS with SHA-256.",
        "PS384": "RSA-PSS with SHA-384.",
        "PS512": "RSA-PSS with SHA-512.",
        "ES256": "ECDSA on P-256.",
        "ES384": "ECDSA on P-384.",
        "ES512": "ECDSA on P-521.",
        "EDDSA": "Ed25519, as RFC 8037 names it.",
        "ED25519": "Ed25519, as RFC 9864 names it.",
    },
)


@strawberry.input(description="Who signs, whole: what is left out is taken away.")
class ConfigureCustomerTokensInput:
    """As shop.customer_tokens.SigningDraft."""

    storefront_id: strawberry.ID = strawberry.field(description="The storefront.")
    issuer: str | None = strawberry.field(default=None, description="The `iss` that tokens with a public key carry.")
    algorithms: list[TokenAlgorithm] = strawberry.field(
        default_factory=list, description="The algorithms that a public key may verify."
    )
    jwks_url: str | None = strawberry.field(
        default=None, description="Where to fetch the keys: https, on a public host."
    )
    jwks: str | None = strawberry.field(default=None, description="A JWK Set as text, looked into first.")
    longest_hours: int = strawberry.field(
        default=720, description="The longest life of any token of the storefront's customers, 1 to 8,760 hours."
    )

    def draft(self) -> SigningDraft:
        """As the room takes it."""
        return SigningDraft(
            storefront_id=id_or_none_such("Storefront", self.storefront_id),
            issuer=self.issuer,
            algorithms=tuple(each.value for each in self.algorithms),
            jwks_url=self.jwks_url,
            jwks=self.jwks,
            token_hours=self.longest_hours,
        )


@error_codes("Why configureCustomerTokens did nothing.")
class ConfigureCustomerTokensErrorCode(Enum):
    """Every code of shop.customer_tokens.record_signing."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    INVALID_KEY_SET = "INVALID_KEY_SET"
    INVALID_TEXT = "INVALID_TEXT"
    INVALID_URL = "INVALID_URL"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    REQUIRED = "REQUIRED"
    STOREFRONT_NOT_FOUND = "STOREFRONT_NOT_FOUND"
    TOO_LONG = "TOO_LONG"


@strawberry.type(description="The storefront with what it takes now.")
class ConfigureCustomerTokensPayload:
    """The storefront, or why not."""

    storefront: Storefront | None = strawberry.field(description="The storefront.")
    user_errors: list[UserError[ConfigureCustomerTokensErrorCode]] = strawberry.field(
        description="Empty when it was done."
    )


@mutation(requires=Permission.MANAGE_SHOP)
async def configure_customer_tokens(
    info: Info, input: ConfigureCustomerTokensInput, idempotency_key: IdempotencyKey = None
) -> ConfigureCustomerTokensPayload:
    """Say whose signatures on customer tokens the storefront takes beside its shared secret, and how long they live."""
    draft = input.draft()
    outcome = await write(info, input, idempotency_key, lambda session: customer_tokens.record_signing(session, draft))
    if isinstance(outcome, Refusal):
        errors = user_errors(info, ConfigureCustomerTokensErrorCode, outcome)
        return ConfigureCustomerTokensPayload(storefront=None, user_errors=errors)
    found = await info.context.read_once(storefront_by_id, cast("int", outcome))
    return ConfigureCustomerTokensPayload(storefront=cast("Storefront | None", found), user_errors=[])
