"""Service keys as administrators see them: everything but the key itself, of which only a hash is kept."""

import strawberry

from api.audience import seen_by
from api.permissions import Permission
from api.scalars import DateTime
from core import ids
from core.accounts import ServiceKey as Row

TYPE_NAME = "ServiceKey"


@seen_by(Permission.MANAGE_STAFF)
@strawberry.type(description="A key of one of the merchant's own systems.")
class ServiceKey:
    """Made from a core.accounts.ServiceKey."""

    id: strawberry.ID = strawberry.field(description="Opaque and stable; revoke it by this.")
    name: str = strawberry.field(description="What the merchant calls the system.")
    scopes: list[Permission] = strawberry.field(description="What it may do, beside reading what is public.")
    created_at: DateTime = strawberry.field(description="When it was drawn.")
    expires_at: DateTime | None = strawberry.field(description="When it ends; null: when it is revoked.")
    revoked_at: DateTime | None = strawberry.field(description="When it was revoked.")
    last_used_at: DateTime | None = strawberry.field(description="When it was last used, to within five minutes.")

    @classmethod
    def of(cls, row: Row) -> "ServiceKey":
        """The key as the contract has it."""
        return cls(
            id=strawberry.ID(ids.to_public(TYPE_NAME, row.id)),
            name=row.name,
            scopes=[Permission(scope) for scope in row.scopes],
            created_at=DateTime(row.created_at),
            expires_at=DateTime(row.expires_at) if row.expires_at else None,
            revoked_at=DateTime(row.revoked_at) if row.revoked_at else None,
            last_used_at=DateTime(row.last_used_at) if row.last_used_at else None,
        )
