"""checks of pages

Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "coverage_day",
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("depends", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day"),
    )
    op.create_table(
        "page_check",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("url", sa.String(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("storefront_id", sa.BigInteger(), nullable=False),
        sa.Column("product_version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=True),
        sa.Column("finished_at", sa.BigInteger(), nullable=True),
        sa.Column("lease", sa.BigInteger(), nullable=True),
        sa.Column("lease_until", sa.BigInteger(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failure", sa.String(length=40), nullable=True),
        sa.Column("errors", sa.Integer(), nullable=False),
        sa.Column("warnings", sa.Integer(), nullable=False),
        sa.Column("infos", sa.Integer(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("depends", sa.Integer(), nullable=False),
        sa.Column("is_rendered", sa.Boolean(), nullable=False),
        sa.Column("has_fallen", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.ForeignKeyConstraint(
            ["storefront_id"],
            ["storefront.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "page_check_fallen",
        "page_check",
        ["id"],
        unique=False,
        sqlite_where=sa.text("has_fallen"),
        postgresql_where=sa.text("has_fallen"),
    )
    op.create_index("page_check_of_product", "page_check", ["product_id", "id"], unique=False)
    op.create_index(
        "page_check_open",
        "page_check",
        ["id"],
        unique=False,
        sqlite_where=sa.text("state IN ('QUEUED', 'RUNNING')"),
        postgresql_where=sa.text("state IN ('QUEUED', 'RUNNING')"),
    )
    op.create_table(
        "page_fault",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("storefront_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("severity", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.ForeignKeyConstraint(
            ["storefront_id"],
            ["storefront.id"],
        ),
        sa.PrimaryKeyConstraint("product_id", "storefront_id", "code"),
    )
    op.create_index("page_fault_of_rule", "page_fault", ["code", "product_id", "storefront_id"], unique=False)
    op.create_table(
        "page_check_report",
        sa.Column("check_id", sa.BigInteger(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["page_check.id"],
        ),
        sa.PrimaryKeyConstraint("check_id"),
    )
    op.create_table(
        "product_coverage",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("storefront_id", sa.BigInteger(), nullable=False),
        sa.Column("check_id", sa.BigInteger(), nullable=False),
        sa.Column("share", sa.Integer(), nullable=False),
        sa.Column("reviews", sa.Integer(), nullable=False),
        sa.Column("yes", sa.Integer(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("depends", sa.Integer(), nullable=False),
        sa.Column("classes", sa.JSON(), nullable=False),
        sa.Column("checked_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["check_id"],
            ["page_check.id"],
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.ForeignKeyConstraint(
            ["storefront_id"],
            ["storefront.id"],
        ),
        sa.PrimaryKeyConstraint("product_id", "storefront_id"),
    )
    op.create_index(
        "product_coverage_worst", "product_coverage", ["share", "product_id", "storefront_id"], unique=False
    )


def downgrade() -> None:
    op.drop_index("product_coverage_worst", table_name="product_coverage")
    op.drop_table("product_coverage")
    op.drop_table("page_check_report")
    op.drop_index("page_fault_of_rule", table_name="page_fault")
    op.drop_table("page_fault")
    op.drop_index(
        "page_check_open",
        table_name="page_check",
        sqlite_where=sa.text("state IN ('QUEUED', 'RUNNING')"),
        postgresql_where=sa.text("state IN ('QUEUED', 'RUNNING')"),
    )
    op.drop_index("page_check_of_product", table_name="page_check")
    op.drop_index(
        "page_check_fallen",
        table_name="page_check",
        sqlite_where=sa.text("has_fallen"),
        postgresql_where=sa.text("has_fallen"),
    )
    op.drop_table("page_check")
    op.drop_table("coverage_day")
