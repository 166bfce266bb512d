"""how long points last

Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("loyalty_program", sa.Column("lot_days", sa.Integer(), nullable=True))
    op.add_column("loyalty_program", sa.Column("lot_round_up", sa.String(length=40), nullable=True))
    op.add_column("loyalty_program", sa.Column("lot_round_up_month", sa.Integer(), nullable=True))
    op.add_column("loyalty_program", sa.Column("expiry_dates", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("loyalty_program", "expiry_dates")
    op.drop_column("loyalty_program", "lot_round_up_month")
    op.drop_column("loyalty_program", "lot_round_up")
    op.drop_column("loyalty_program", "lot_days")
