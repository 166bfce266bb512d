"""programs from draft to close

Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("loyalty_program", sa.Column("closes_at", sa.BigInteger(), nullable=True))
    op.create_table(
        "program_invitation",
        sa.Column("program_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("invited_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"]),
        sa.ForeignKeyConstraint(["program_id"], ["loyalty_program.id"]),
        sa.PrimaryKeyConstraint("program_id", "customer_id"),
    )
    op.create_index(op.f("ix_program_invitation_customer_id"), "program_invitation", ["customer_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_program_invitation_customer_id"), table_name="program_invitation")
    op.drop_table("program_invitation")
    op.drop_column("loyalty_program", "closes_at")
