"""terms, ages and leaving

Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("loyalty_program", sa.Column("minimum_age", sa.Integer(), nullable=True))
    op.add_column("membership", sa.Column("left_at", sa.BigInteger(), nullable=True))
    op.add_column("membership", sa.Column("terms_agreed_at", sa.BigInteger(), nullable=False, server_default="0"))
    # until now terms were agreed to by joining, and a program had one version of them
    op.execute("UPDATE membership SET terms_agreed_at = joined_at")
    op.create_table(
        "program_terms",
        sa.Column("program_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.String(length=120), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["program_id"], ["loyalty_program.id"]),
        sa.PrimaryKeyConstraint("program_id", "version"),
    )
    op.execute(
        "INSERT INTO program_terms (program_id, version, starts_at) "
        "SELECT id, terms_version, created_at FROM loyalty_program"
    )


def downgrade() -> None:
    op.drop_table("program_terms")
    op.drop_column("membership", "terms_agreed_at")
    op.drop_column("membership", "left_at")
    op.drop_column("loyalty_program", "minimum_age")
