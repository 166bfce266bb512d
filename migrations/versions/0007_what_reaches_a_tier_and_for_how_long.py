"""what reaches a tier and for how long

Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# programs of release 0.1.0 go on as they were: qualifying points, rolling months, terms of months
_PROGRAM = (
    sa.Column("tier_basis", sa.String(length=40), nullable=False, server_default="POINTS"),
    sa.Column("tier_or_basis", sa.String(length=40), nullable=True),
    sa.Column("tier_window", sa.String(length=40), nullable=False, server_default="ROLLING"),
    sa.Column("tier_term", sa.String(length=40), nullable=False, server_default="MONTHS"),
    sa.Column("tier_term_years", sa.Integer(), nullable=False, server_default="1"),
    sa.Column("tier_term_month", sa.Integer(), nullable=False, server_default="12"),
    sa.Column("tier_term_day", sa.Integer(), nullable=False, server_default="31"),
    sa.Column("tier_warning_days", sa.JSON(), nullable=False, server_default="[]"),
)
_TIER = (
    sa.Column("or_threshold", sa.BigInteger(), nullable=True),
    sa.Column("never_downgrade", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("benefits", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("early_access_minutes", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("retired_at", sa.BigInteger(), nullable=True),
)
_MEMBERSHIP = (
    sa.Column("tier_is_given", sa.Boolean(), nullable=False, server_default=sa.false()),
    sa.Column("tier_look_at", sa.BigInteger(), nullable=True),
)


def upgrade() -> None:
    for table, columns in (("loyalty_program", _PROGRAM), ("tier", _TIER), ("membership", _MEMBERSHIP)):
        for column in columns:
            op.add_column(table, column._copy())
    if op.get_bind().dialect.name == "postgresql":
        # SQLite's integers have this width already
        op.alter_column("tier", "threshold", type_=sa.BigInteger())
    op.execute("UPDATE membership SET tier_look_at = tier_until")
    op.drop_index("membership_tier_until", table_name="membership")
    op.create_index("membership_tier_look_at", "membership", ["tier_look_at"])
    op.create_table(
        "tier_credit",
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=140), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("rate_micros", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"]),
        sa.PrimaryKeyConstraint("membership_id", "basis", "source"),
    )
    op.create_index("tier_credit_day", "tier_credit", ["membership_id", "basis", "day"])


def downgrade() -> None:
    op.drop_index("tier_credit_day", table_name="tier_credit")
    op.drop_table("tier_credit")
    op.drop_index("membership_tier_look_at", table_name="membership")
    op.create_index("membership_tier_until", "membership", ["tier_until"])
    for table, columns in (("loyalty_program", _PROGRAM), ("tier", _TIER), ("membership", _MEMBERSHIP)):
        for column in columns:
            op.drop_column(table, column.name)
