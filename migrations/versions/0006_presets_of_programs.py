"""presets of programs

Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("loyalty_program", sa.Column("preset", sa.String(length=60), nullable=True))


def downgrade() -> None:
    op.drop_column("loyalty_program", "preset")
