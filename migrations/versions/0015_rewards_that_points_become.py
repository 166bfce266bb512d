"""rewards that points become

Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("redemption", sa.Column("expires_at", sa.BigInteger(), nullable=True))
    op.add_column("reward", sa.Column("issue", sa.String(length=40), nullable=False, server_default="ON_REQUEST"))
    op.add_column("reward", sa.Column("issue_day", sa.Integer(), nullable=True))
    op.add_column("reward", sa.Column("valid_days", sa.Integer(), nullable=True))


def downgrade() -> None:
    op.drop_column("reward", "valid_days")
    op.drop_column("reward", "issue_day")
    op.drop_column("reward", "issue")
    op.drop_column("redemption", "expires_at")
