"""Who signs a storefront's customer tokens, as those who manage the shop see it."""

from typing import cast

import strawberry

from api.audience import seen_by
from api.fields import field
from api.scalars import URL, DateTime
from core.identity import Permission
from shop.tables import Storefront as Entity


@seen_by(Permission.MANAGE_SHOP)
@strawberry.type(description="What a storefront takes as a customer's token, beside HS256 with its shared secret.")
class CustomerTokenTerms:
    """A part of a shop.tables.Storefront."""

    token_issuer: str | None = strawberry.field(name="issuer", description="The `iss` of tokens with a public key.")
    jwks_url: URL | None = strawberry.field(description="Where the public keys are fetched from.")
    jwks: str | None = strawberry.field(description="A JWK Set that was pasted, as text.")
    token_hours: int = strawberry.field(name="longestHours", description="The longest life of a token, in hours.")
    former_secret_until: DateTime | None = strawberry.field(
        description="Until when the former shared secret signs too; null when there was none."
    )

    @field()
    def algorithms(self) -> list[str]:
        """The algorithms of tokens with a public key; empty when none are taken."""
        return cast("Entity", self).token_algorithms.split()


@strawberry.type
class TokenTakingStorefront:
    """The part of Storefront that says how its customers are known."""

    @field(requires=Permission.MANAGE_SHOP)
    def customer_tokens(self) -> CustomerTokenTerms:
        """What it takes as a customer's token."""
        return cast("CustomerTokenTerms", self)

    @field(requires=Permission.MANAGE_SHOP)
    def former_key_until(self) -> DateTime | None:
        """Until when the former publishable key names it too; null when there was none."""
        return cast("DateTime | None", cast("Entity", self).former_key_until)
