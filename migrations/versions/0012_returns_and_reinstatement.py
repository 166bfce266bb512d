"""returns and reinstatement

Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # programs of 0.1.0 go on as they were: returns recomputed, late points last another 30 days
    op.add_column(
        "loyalty_program", sa.Column("refund_method", sa.String(length=40), nullable=False, server_default="RECOMPUTE")
    )
    op.add_column("loyalty_program", sa.Column("returned_days", sa.Integer(), nullable=False, server_default="30"))
    op.add_column("loyalty_program", sa.Column("reinstate_days", sa.Integer(), nullable=False, server_default="90"))


def downgrade() -> None:
    op.drop_column("loyalty_program", "reinstate_days")
    op.drop_column("loyalty_program", "returned_days")
    op.drop_column("loyalty_program", "refund_method")
