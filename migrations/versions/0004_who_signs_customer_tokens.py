"""who signs customer tokens

Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "revoked_token",
        sa.Column("storefront_id", sa.BigInteger(), nullable=False),
        sa.Column("token_id", sa.String(length=200), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["storefront_id"],
            ["storefront.id"],
        ),
        sa.PrimaryKeyConstraint("storefront_id", "token_id"),
    )
    op.create_index(op.f("ix_revoked_token_revoked_at"), "revoked_token", ["revoked_at"], unique=False)
    op.create_table(
        "signed_out_customer",
        sa.Column("storefront_id", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["storefront_id"],
            ["storefront.id"],
        ),
        sa.PrimaryKeyConstraint("storefront_id", "external_id"),
    )
    op.add_column("storefront", sa.Column("former_key", sa.String(), nullable=True))
    op.add_column("storefront", sa.Column("former_key_until", sa.BigInteger(), nullable=True))
    op.add_column("storefront", sa.Column("former_secret", sa.String(), nullable=True))
    op.add_column("storefront", sa.Column("former_secret_until", sa.BigInteger(), nullable=True))
    op.add_column("storefront", sa.Column("jwks_url", sa.String(), nullable=True))
    op.add_column("storefront", sa.Column("jwks", sa.String(), nullable=True))
    op.add_column("storefront", sa.Column("token_issuer", sa.String(), nullable=True))
    op.add_column("storefront", sa.Column("token_algorithms", sa.String(), nullable=False, server_default=""))
    op.add_column("storefront", sa.Column("token_hours", sa.Integer(), nullable=False, server_default="720"))
    op.create_index(op.f("ix_storefront_former_key"), "storefront", ["former_key"], unique=True)


def downgrade() -> None:
    op.drop_index(op.f("ix_storefront_former_key"), table_name="storefront")
    op.drop_column("storefront", "token_hours")
    op.drop_column("storefront", "token_algorithms")
    op.drop_column("storefront", "token_issuer")
    op.drop_column("storefront", "jwks")
    op.drop_column("storefront", "jwks_url")
    op.drop_column("storefront", "former_secret_until")
    op.drop_column("storefront", "former_secret")
    op.drop_column("storefront", "former_key_until")
    op.drop_column("storefront", "former_key")
    op.drop_table("signed_out_customer")
    op.drop_index(op.f("ix_revoked_token_revoked_at"), table_name="revoked_token")
    op.drop_table("revoked_token")
