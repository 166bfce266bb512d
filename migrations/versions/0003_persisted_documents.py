"""Documents that clients name instead of sending.

Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "persisted_document",
        sa.Column("id", sa.String(length=200), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_persisted_document_sha256"), "persisted_document", ["sha256"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_persisted_document_sha256"), table_name="persisted_document")
    op.drop_table("persisted_document")
