"""referrals with holds and scores

Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

from core.db import append_only_statements

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

# a referral of release 0.1.0 has no hold: its stage follows from its state, and it is neither scored nor shared
_REFERRAL = (
    sa.Column("stage", sa.String(length=40), nullable=False, server_default="ATTRIBUTED"),
    sa.Column("hold_until", sa.BigInteger(), nullable=True),
    sa.Column("expires_at", sa.BigInteger(), nullable=True),
    sa.Column("rewarded_at", sa.BigInteger(), nullable=True),
    sa.Column("share_points", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("share_until", sa.BigInteger(), nullable=True),
    sa.Column("version", sa.Integer(), nullable=False, server_default="1"),
    sa.Column("round", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("score", sa.Integer(), nullable=False, server_default="0"),
    sa.Column("signals", sa.JSON(), nullable=False, server_default="[]"),
    sa.Column("is_cleared", sa.Boolean(), nullable=False, server_default=sa.false()),
)
_STAGE_OF_STATE = """
    UPDATE referral SET stage = CASE
        WHEN state = 'PENDING' THEN 'ATTRIBUTED'
        WHEN state = 'COMPLETED' THEN 'REWARDED'
        WHEN rejection = 'ORDER_RETURNED' THEN 'REVERSED'
        ELSE 'REJECTED' END
"""
_STATE_OF_STAGE = """
    UPDATE referral SET state = CASE
        WHEN stage = 'REWARDED' THEN 'COMPLETED'
        WHEN stage IN ('REJECTED', 'EXPIRED', 'REVERSED') THEN 'REJECTED'
        ELSE 'PENDING' END
"""


def upgrade() -> None:
    op.create_table(
        "referral_terms",
        sa.Column("program_id", sa.BigInteger(), nullable=False),
        sa.Column("hold_days", sa.Integer(), nullable=False),
        sa.Column("window_days", sa.Integer(), nullable=False),
        sa.Column("attribution", sa.String(length=40), nullable=False),
        sa.Column("order_days", sa.Integer(), nullable=True),
        sa.Column("qualifying_order", sa.Integer(), nullable=False),
        sa.Column("friend_at_once", sa.Boolean(), nullable=False),
        sa.Column("period_days", sa.Integer(), nullable=False),
        sa.Column("period_limit", sa.Integer(), nullable=True),
        sa.Column("budget_points", sa.BigInteger(), nullable=True),
        sa.Column("share_points", sa.Integer(), nullable=False),
        sa.Column("share_months", sa.Integer(), nullable=True),
        sa.Column("review_from", sa.Integer(), nullable=False),
        sa.Column("block_from", sa.Integer(), nullable=False),
        sa.Column("suspend_after", sa.Integer(), nullable=True),
        sa.Column("weights", sa.JSON(), nullable=False),
        sa.Column("disposable_domains", sa.JSON(), nullable=False),
        sa.Column("trace_days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["loyalty_program.id"],
        ),
        sa.PrimaryKeyConstraint("program_id"),
    )
    op.create_table(
        "referral_click",
        sa.Column("visitor", sa.String(length=32), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("first_at", sa.BigInteger(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
        ),
        sa.PrimaryKeyConstraint("visitor", "membership_id"),
    )
    op.create_index("referral_click_last", "referral_click", ["last_at"], unique=False)
    op.create_table(
        "referral_trace",
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
        ),
        sa.PrimaryKeyConstraint("membership_id", "kind", "digest"),
    )
    op.create_index("referral_trace_digest", "referral_trace", ["kind", "digest"], unique=False)
    op.create_index("referral_trace_seen", "referral_trace", ["seen_at"], unique=False)
    op.create_table(
        "referral_decision",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("referral_id", sa.BigInteger(), nullable=False),
        sa.Column("former", sa.String(length=40), nullable=False),
        sa.Column("stage", sa.String(length=40), nullable=False),
        sa.Column("rejection", sa.String(length=40), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(length=300), nullable=True),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_referral_decision_referral_id"), "referral_decision", ["referral_id"], unique=False)
    op.create_table(
        "referral_purchase",
        sa.Column("referral_id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("amount_milli", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["shop_order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["referral_id"],
            ["referral.id"],
        ),
        sa.PrimaryKeyConstraint("referral_id", "order_id"),
    )
    for column in _REFERRAL:
        op.add_column("referral", column._copy())
    op.execute(_STAGE_OF_STATE)
    op.execute("UPDATE referral SET rewarded_at = decided_at WHERE stage = 'REWARDED'")
    op.create_index("referral_stage", "referral", ["stage", "id"], unique=False)
    op.drop_column("referral", "state")
    for statement in append_only_statements("referral_decision", op.get_bind().dialect.name):
        op.execute(statement)


def downgrade() -> None:
    op.add_column("referral", sa.Column("state", sa.String(length=40), nullable=False, server_default="PENDING"))
    op.execute(_STATE_OF_STAGE)
    op.drop_index("referral_stage", table_name="referral")
    for column in _REFERRAL:
        op.drop_column("referral", column.name)
    op.drop_table("referral_purchase")
    op.drop_index(op.f("ix_referral_decision_referral_id"), table_name="referral_decision")
    op.drop_table("referral_decision")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION referral_decision_only_grows()")
    op.drop_index("referral_trace_seen", table_name="referral_trace")
    op.drop_index("referral_trace_digest", table_name="referral_trace")
    op.drop_table("referral_trace")
    op.drop_index("referral_click_last", table_name="referral_click")
    op.drop_table("referral_click")
    op.drop_table("referral_terms")
