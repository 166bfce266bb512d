"""first tables

Revises:
"""

import sqlalchemy as sa
from alembic import op

from core.db import append_only_statements

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idempotency_key",
        sa.Column("caller", sa.String(), nullable=False),
        sa.Column("operation", sa.String(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("input_hash", sa.String(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("caller", "operation", "key"),
    )
    op.create_index(op.f("ix_idempotency_key_created_at"), "idempotency_key", ["created_at"], unique=False)
    op.create_table(
        "import_batch",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("started_at", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_import_batch_source"), "import_batch", ["source"], unique=False)
    op.create_table(
        "loyalty_program",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("handle", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("zone", sa.String(), nullable=False),
        sa.Column("rounding", sa.String(length=40), nullable=False),
        sa.Column("clawback", sa.String(length=40), nullable=False),
        sa.Column("pending_days", sa.Integer(), nullable=False),
        sa.Column("lot_months", sa.Integer(), nullable=True),
        sa.Column("tier_window_months", sa.Integer(), nullable=False),
        sa.Column("tier_term_months", sa.Integer(), nullable=False),
        sa.Column("tier_grace_days", sa.Integer(), nullable=False),
        sa.Column("tier_fall", sa.String(length=40), nullable=False),
        sa.Column("terms_version", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("handle"),
    )
    op.create_table(
        "outbox_event",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("aggregate", sa.String(), nullable=False),
        sa.Column("aggregate_seq", sa.Integer(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("occurred_at", sa.BigInteger(), nullable=False),
        sa.Column("settled_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("aggregate", "aggregate_seq"),
    )
    op.create_index(
        "outbox_event_unsettled",
        "outbox_event",
        ["id"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "photo_stored_file",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("holders", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "product_family",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("external_id"),
    )
    op.create_table(
        "service_key",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("key_hash", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("scopes", sa.JSON(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=True),
        sa.Column("last_used_at", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key_hash"),
    )
    op.create_table(
        "staff_account",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.Column("password_hash", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("email"),
    )
    op.create_table(
        "storefront",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("handle", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("origin", sa.String(), nullable=False),
        sa.Column("locale", sa.String(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=False),
        sa.Column("product_url", sa.String(), nullable=False),
        sa.Column("allowed_origins", sa.JSON(), nullable=False),
        sa.Column("publishable_key", sa.String(), nullable=False),
        sa.Column("customer_secret", sa.String(), nullable=False),
        sa.Column("shopify_secret", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("handle"),
        sa.UniqueConstraint("publishable_key"),
    )
    op.create_table(
        "customer",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("email_confirmed", sa.Boolean(), nullable=False),
        sa.Column("first_name", sa.String(), nullable=True),
        sa.Column("last_name", sa.String(), nullable=True),
        sa.Column("birthday", sa.Date(), nullable=True),
        sa.Column("locale", sa.String(), nullable=True),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.Column("storefront_id", sa.BigInteger(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["storefront_id"],
            ["storefront.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "earning_rule",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("lineage_id", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("program_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("per_minor", sa.BigInteger(), nullable=True),
        sa.Column("friend_points", sa.Integer(), nullable=False),
        sa.Column("min_order_minor", sa.BigInteger(), nullable=False),
        sa.Column("member_limit", sa.Integer(), nullable=True),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["loyalty_program.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("lineage_id", "version"),
    )
    op.create_index(op.f("ix_earning_rule_program_id"), "earning_rule", ["program_id"], unique=False)
    op.create_table(
        "loyalty_program_rate",
        sa.Column("program_id", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("starts_at", sa.BigInteger(), nullable=False),
        sa.Column("micros", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["loyalty_program.id"],
        ),
        sa.PrimaryKeyConstraint("program_id", "currency", "starts_at"),
    )
    op.create_table(
        "product",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("handle", sa.String(length=200), nullable=False),
        sa.Column("family_id", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("brand", sa.String(), nullable=True),
        sa.Column("sku", sa.String(), nullable=True),
        sa.Column("gtin", sa.String(), nullable=True),
        sa.Column("mpn", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("image_url", sa.String(), nullable=True),
        sa.Column("image_width", sa.Integer(), nullable=True),
        sa.Column("image_height", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("open_for_reviews", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["family_id"],
            ["product_family.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("external_id"),
        sa.UniqueConstraint("handle"),
    )
    op.create_index(op.f("ix_product_family_id"), "product", ["family_id"], unique=False)
    op.create_index(op.f("ix_product_sku"), "product", ["sku"], unique=False)
    op.create_table(
        "reaction_failure",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("reaction", sa.String(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error_id", sa.String(), nullable=False),
        sa.Column("next_at", sa.BigInteger(), nullable=False),
        sa.Column("dead", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["outbox_event.id"],
        ),
        sa.PrimaryKeyConstraint("event_id", "reaction"),
    )
    op.create_table(
        "reaction_run",
        sa.Column("event_id", sa.BigInteger(), nullable=False),
        sa.Column("reaction", sa.String(), nullable=False),
        sa.Column("ran_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"],
            ["outbox_event.id"],
        ),
        sa.PrimaryKeyConstraint("event_id", "reaction"),
    )
    op.create_table(
        "staff_credential",
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("for_console", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["staff_id"],
            ["staff_account.id"],
        ),
        sa.PrimaryKeyConstraint("token_hash"),
    )
    op.create_index(op.f("ix_staff_credential_staff_id"), "staff_credential", ["staff_id"], unique=False)
    op.create_table(
        "tier",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("program_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        sa.Column("multiplier_basis_points", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["loyalty_program.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("program_id", "position"),
        sa.UniqueConstraint("program_id", "threshold"),
    )
    op.create_table(
        "webhook_delivery",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("storefront_id", sa.BigInteger(), nullable=False),
        sa.Column("delivery_id", sa.String(length=200), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["storefront_id"],
            ["storefront.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("storefront_id", "delivery_id"),
    )
    op.create_table(
        "customer_consent",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("purpose", sa.String(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_customer_consent_customer_id"), "customer_consent", ["customer_id"], unique=False)
    op.create_table(
        "customer_identity",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("storefront_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=320), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("storefront_id", "kind", "value"),
    )
    op.create_index(op.f("ix_customer_identity_customer_id"), "customer_identity", ["customer_id"], unique=False)
    op.create_table(
        "membership",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("program_id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("terms_version", sa.String(), nullable=False),
        sa.Column("consent_source", sa.String(), nullable=False),
        sa.Column("balance", sa.BigInteger(), nullable=False),
        sa.Column("deficit", sa.BigInteger(), nullable=False),
        sa.Column("tier_id", sa.BigInteger(), nullable=True),
        sa.Column("tier_since", sa.BigInteger(), nullable=True),
        sa.Column("tier_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["loyalty_program.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tier_id"],
            ["tier.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("program_id", "customer_id"),
    )
    op.create_index(op.f("ix_membership_customer_id"), "membership", ["customer_id"], unique=False)
    op.create_index("membership_tier_until", "membership", ["tier_until"], unique=False)
    op.create_table(
        "product_listing",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("storefront_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("url", sa.String(), nullable=True),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("availability", sa.String(length=40), nullable=False),
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
    op.create_table(
        "rating_counter",
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("r1", sa.Integer(), nullable=False),
        sa.Column("r2", sa.Integer(), nullable=False),
        sa.Column("r3", sa.Integer(), nullable=False),
        sa.Column("r4", sa.Integer(), nullable=False),
        sa.Column("r5", sa.Integer(), nullable=False),
        sa.Column("n_text", sa.Integer(), nullable=False),
        sa.Column("n_photo", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.PrimaryKeyConstraint("product_id"),
    )
    op.create_table(
        "review",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("author_id", sa.BigInteger(), nullable=True),
        sa.Column("author_key", sa.String(length=120), nullable=True),
        sa.Column("storefront_id", sa.BigInteger(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("latest_status", sa.String(length=40), nullable=False),
        sa.Column("decided", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("latest_revision_no", sa.Integer(), nullable=False),
        sa.Column("public_revision_no", sa.Integer(), nullable=True),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("verification", sa.String(length=40), nullable=False),
        sa.Column("incentivised", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=True),
        sa.Column("external_id", sa.String(length=200), nullable=True),
        sa.Column("display_name", sa.String(length=60), nullable=True),
        sa.Column("photo_count", sa.Integer(), nullable=False),
        sa.Column("counted", sa.Boolean(), nullable=False),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.Column("experienced_on", sa.Date(), nullable=True),
        sa.Column("submitted_at", sa.BigInteger(), nullable=False),
        sa.Column("published_at", sa.BigInteger(), nullable=True),
        sa.Column("waiting_since", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("(status = 'PUBLISHED') = (public_revision_no IS NOT NULL)"),
        sa.CheckConstraint("rating BETWEEN 1 AND 5"),
        sa.ForeignKeyConstraint(
            ["author_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.ForeignKeyConstraint(
            ["storefront_id"],
            ["storefront.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("author_id", "product_id"),
        sa.UniqueConstraint("source", "external_id"),
    )
    op.create_index("review_author", "review", ["author_key"], unique=False)
    op.create_index(
        "review_shown",
        "review",
        ["product_id", "published_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'PUBLISHED' AND counted"),
        postgresql_where=sa.text("status = 'PUBLISHED' AND counted"),
    )
    op.create_index(
        "review_shown_photos",
        "review",
        ["product_id", "published_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'PUBLISHED' AND counted AND photo_count > 0"),
        postgresql_where=sa.text("status = 'PUBLISHED' AND counted AND photo_count > 0"),
    )
    op.create_index(
        "review_shown_rating",
        "review",
        ["product_id", "rating", "published_at", "id"],
        unique=False,
        sqlite_where=sa.text("status = 'PUBLISHED' AND counted"),
        postgresql_where=sa.text("status = 'PUBLISHED' AND counted"),
    )
    op.create_index(
        "review_waiting",
        "review",
        ["waiting_since", "id"],
        unique=False,
        sqlite_where=sa.text("waiting_since IS NOT NULL"),
        postgresql_where=sa.text("waiting_since IS NOT NULL"),
    )
    op.create_table(
        "reward",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("program_id", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("percent", sa.Integer(), nullable=True),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("member_limit", sa.Integer(), nullable=True),
        sa.Column("tier_id", sa.BigInteger(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint("stock >= 0", name="reward_stock"),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["loyalty_program.id"],
        ),
        sa.ForeignKeyConstraint(
            ["tier_id"],
            ["tier.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_reward_program_id"), "reward", ["program_id"], unique=False)
    op.create_table(
        "shop_order",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("storefront_id", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("shipping_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("points_paid_minor", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("placed_at", sa.BigInteger(), nullable=False),
        sa.Column("paid_at", sa.BigInteger(), nullable=True),
        sa.Column("updated_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["storefront_id"],
            ["storefront.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("storefront_id", "external_id"),
    )
    op.create_index(op.f("ix_shop_order_customer_id"), "shop_order", ["customer_id"], unique=False)
    op.create_table(
        "import_row",
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("batch_id", sa.BigInteger(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("variant", sa.JSON(), nullable=False),
        sa.Column("helpful_votes", sa.Integer(), nullable=False),
        sa.Column("has_photos", sa.Boolean(), nullable=False),
        sa.Column("photo_urls", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["import_batch.id"],
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
        ),
        sa.PrimaryKeyConstraint("review_id"),
    )
    op.create_index("import_row_of_batch", "import_row", ["batch_id", "review_id"], unique=False)
    op.create_table(
        "ledger_entry",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("natural_key", sa.String(length=200), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("qualifying", sa.BigInteger(), nullable=False),
        sa.Column("qualifying_day", sa.Date(), nullable=True),
        sa.Column("uncollected", sa.BigInteger(), nullable=False),
        sa.Column("source_type", sa.String(length=40), nullable=False),
        sa.Column("source_id", sa.BigInteger(), nullable=False),
        sa.Column("refund_id", sa.BigInteger(), nullable=True),
        sa.Column("actor_id", sa.BigInteger(), nullable=True),
        sa.Column("explanation", sa.String(), nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("breakdown", sa.JSON(), nullable=False),
        sa.Column("multiplier_basis_points", sa.Integer(), nullable=True),
        sa.Column("rate_micros", sa.BigInteger(), nullable=True),
        sa.Column("occurred_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("natural_key"),
    )
    op.create_index("ledger_entry_page", "ledger_entry", ["membership_id", "id"], unique=False)
    op.create_index(
        "ledger_entry_qualifying",
        "ledger_entry",
        ["membership_id", "qualifying_day"],
        unique=False,
        sqlite_where=sa.text("qualifying_day IS NOT NULL"),
        postgresql_where=sa.text("qualifying_day IS NOT NULL"),
    )
    op.create_index("ledger_entry_source", "ledger_entry", ["membership_id", "source_type", "source_id"], unique=False)
    op.create_table(
        "moderation_decision",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("revision_no", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=True),
        sa.Column("act", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("from_status", sa.String(length=40), nullable=True),
        sa.Column("to_status", sa.String(length=40), nullable=False),
        sa.Column("public_before", sa.Integer(), nullable=True),
        sa.Column("decided_before", sa.Boolean(), nullable=False),
        sa.Column("version_before", sa.Integer(), nullable=False),
        sa.Column("undoes_id", sa.BigInteger(), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("review_id", "version_before"),
    )
    op.create_index(op.f("ix_moderation_decision_at"), "moderation_decision", ["at"], unique=False)
    op.create_table(
        "photo",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("customer_id", sa.BigInteger(), nullable=True),
        sa.Column("review_id", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("refusal_code", sa.String(length=40), nullable=True),
        sa.Column("declared_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("licence", sa.String(length=40), nullable=False),
        sa.Column("people_agree", sa.Boolean(), nullable=False),
        sa.Column("source_url", sa.String(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("received_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"],
            ["customer.id"],
        ),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_photo_sha256"), "photo", ["sha256"], unique=False)
    op.create_index("photo_of_customer", "photo", ["customer_id", "created_at"], unique=False)
    op.create_index("photo_of_review", "photo", ["review_id", "position"], unique=False)
    op.create_index("photo_upload", "photo", ["state", "created_at"], unique=False)
    op.create_index(
        "photo_waiting",
        "photo",
        ["id"],
        unique=False,
        sqlite_where=sa.text("status = 'PENDING' AND state = 'READY' AND review_id IS NOT NULL"),
        postgresql_where=sa.text("status = 'PENDING' AND state = 'READY' AND review_id IS NOT NULL"),
    )
    op.create_table(
        "rating_delta",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("revision_no", sa.Integer(), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=False),
        sa.Column("rating_before", sa.Integer(), nullable=False),
        sa.Column("rating_after", sa.Integer(), nullable=False),
        sa.Column("text_before", sa.Integer(), nullable=False),
        sa.Column("text_after", sa.Integer(), nullable=False),
        sa.Column("photo_before", sa.Integer(), nullable=False),
        sa.Column("photo_after", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("review_id", "sequence"),
    )
    op.create_index(op.f("ix_rating_delta_product_id"), "rating_delta", ["product_id"], unique=False)
    op.create_table(
        "redemption",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("reward_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("redeemed_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["shop_order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["reward_id"],
            ["reward.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
    )
    op.create_index(op.f("ix_redemption_order_id"), "redemption", ["order_id"], unique=False)
    op.create_index("redemption_reward", "redemption", ["membership_id", "reward_id"], unique=False)
    op.create_table(
        "referral",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("program_id", sa.BigInteger(), nullable=False),
        sa.Column("advocate_id", sa.BigInteger(), nullable=False),
        sa.Column("friend_id", sa.BigInteger(), nullable=False),
        sa.Column("rule_id", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(length=40), nullable=False),
        sa.Column("rejection", sa.String(length=40), nullable=True),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("accepted_at", sa.BigInteger(), nullable=False),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["friend_id"],
            ["membership.id"],
        ),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["shop_order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["program_id"],
            ["loyalty_program.id"],
        ),
        sa.ForeignKeyConstraint(
            ["advocate_id"],
            ["membership.id"],
        ),
        sa.ForeignKeyConstraint(
            ["rule_id"],
            ["earning_rule.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("program_id", "friend_id"),
    )
    op.create_index(op.f("ix_referral_friend_id"), "referral", ["friend_id"], unique=False)
    op.create_index(op.f("ix_referral_order_id"), "referral", ["order_id"], unique=False)
    op.create_index("referral_advocate", "referral", ["advocate_id", "id"], unique=False)
    op.create_table(
        "referral_code",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("code"),
        sa.UniqueConstraint("membership_id"),
    )
    op.create_table(
        "review_revision",
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("no", sa.Integer(), nullable=False),
        sa.Column("rating", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=True),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("locale", sa.String(length=35), nullable=False),
        sa.Column("body_hash", sa.String(length=64), nullable=False),
        sa.Column("incentivised", sa.Boolean(), nullable=False),
        sa.Column("sibling_copy", sa.Boolean(), nullable=False),
        sa.Column("licence", sa.String(length=40), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id"],
            ["review.id"],
        ),
        sa.PrimaryKeyConstraint("review_id", "no"),
    )
    op.create_index("review_revision_body", "review_revision", ["body_hash"], unique=False)
    op.create_table(
        "shop_order_line",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("product_id", sa.BigInteger(), nullable=True),
        sa.Column("product_external_id", sa.String(length=120), nullable=True),
        sa.Column("variant_external_id", sa.String(length=120), nullable=True),
        sa.Column("sku", sa.String(length=120), nullable=True),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["shop_order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["product.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("order_id", "external_id"),
    )
    op.create_index(
        op.f("ix_shop_order_line_product_external_id"), "shop_order_line", ["product_external_id"], unique=False
    )
    op.create_index(op.f("ix_shop_order_line_product_id"), "shop_order_line", ["product_id"], unique=False)
    op.create_index(op.f("ix_shop_order_line_sku"), "shop_order_line", ["sku"], unique=False)
    op.create_index(
        op.f("ix_shop_order_line_variant_external_id"), "shop_order_line", ["variant_external_id"], unique=False
    )
    op.create_table(
        "shop_refund",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("storefront_id", sa.BigInteger(), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=False),
        sa.Column("order_external_id", sa.String(length=120), nullable=False),
        sa.Column("order_id", sa.BigInteger(), nullable=True),
        sa.Column("order_level_minor", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", sa.String(), nullable=False),
        sa.Column("refunded_at", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"],
            ["shop_order.id"],
        ),
        sa.ForeignKeyConstraint(
            ["storefront_id"],
            ["storefront.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("storefront_id", "external_id"),
    )
    op.create_index(op.f("ix_shop_refund_order_id"), "shop_refund", ["order_id"], unique=False)
    op.create_index("shop_refund_order", "shop_refund", ["storefront_id", "order_external_id"], unique=False)
    op.create_table(
        "debt",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("original", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("remaining >= 0 AND remaining <= original", name="debt_remaining"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["ledger_entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(
        "debt_open",
        "debt",
        ["membership_id"],
        unique=False,
        sqlite_where=sa.text("remaining > 0"),
        postgresql_where=sa.text("remaining > 0"),
    )
    op.create_table(
        "lot",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("membership_id", sa.BigInteger(), nullable=False),
        sa.Column("original", sa.BigInteger(), nullable=False),
        sa.Column("remaining", sa.BigInteger(), nullable=False),
        sa.Column("available_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.CheckConstraint("remaining >= 0 AND remaining <= original", name="lot_remaining"),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["ledger_entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["membership_id"],
            ["membership.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_lot_entry_id"), "lot", ["entry_id"], unique=False)
    op.create_index(
        "lot_due",
        "lot",
        ["expires_at"],
        unique=False,
        sqlite_where=sa.text("remaining > 0"),
        postgresql_where=sa.text("remaining > 0"),
    )
    op.create_index(
        "lot_open",
        "lot",
        ["membership_id", "expires_at"],
        unique=False,
        sqlite_where=sa.text("remaining > 0"),
        postgresql_where=sa.text("remaining > 0"),
    )
    op.create_table(
        "photo_decision",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("photo_id", sa.BigInteger(), nullable=False),
        sa.Column("staff_id", sa.BigInteger(), nullable=False),
        sa.Column("from_status", sa.String(length=40), nullable=False),
        sa.Column("to_status", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=True),
        sa.Column("version_before", sa.Integer(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["photo_id"],
            ["photo.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("photo_id", "version_before"),
    )
    op.create_index(op.f("ix_photo_decision_at"), "photo_decision", ["at"], unique=False)
    op.create_table(
        "photo_rendition",
        sa.Column("photo_id", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("bytes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"],
            ["photo_stored_file.digest"],
        ),
        sa.ForeignKeyConstraint(
            ["photo_id"],
            ["photo.id"],
        ),
        sa.PrimaryKeyConstraint("photo_id", "size"),
    )
    op.create_index(op.f("ix_photo_rendition_digest"), "photo_rendition", ["digest"], unique=False)
    op.create_table(
        "screen_verdict",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("review_id", sa.BigInteger(), nullable=False),
        sa.Column("revision_no", sa.Integer(), nullable=False),
        sa.Column("screen", sa.String(length=60), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("code", sa.String(length=60), nullable=True),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("version", sa.String(length=80), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["review_id", "revision_no"],
            ["review_revision.review_id", "review_revision.no"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("review_id", "revision_no", "screen"),
    )
    op.create_table(
        "shop_refund_line",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("refund_id", sa.BigInteger(), nullable=False),
        sa.Column("line_external_id", sa.String(length=120), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["refund_id"],
            ["shop_refund.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_shop_refund_line_refund_id"), "shop_refund_line", ["refund_id"], unique=False)
    op.create_table(
        "ledger_allocation",
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("entry_id", sa.BigInteger(), nullable=False),
        sa.Column("lot_id", sa.BigInteger(), nullable=False),
        sa.Column("points", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["ledger_entry.id"],
        ),
        sa.ForeignKeyConstraint(
            ["lot_id"],
            ["lot.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_ledger_allocation_entry_id"), "ledger_allocation", ["entry_id"], unique=False)
    op.create_index(op.f("ix_ledger_allocation_lot_id"), "ledger_allocation", ["lot_id"], unique=False)
    for table in ("ledger_entry", "ledger_allocation", "moderation_decision", "photo_decision", "rating_delta"):
        for statement in append_only_statements(table, op.get_bind().dialect.name):
            op.execute(statement)


def downgrade() -> None:
    op.drop_index(op.f("ix_ledger_allocation_lot_id"), table_name="ledger_allocation")
    op.drop_index(op.f("ix_ledger_allocation_entry_id"), table_name="ledger_allocation")
    op.drop_table("ledger_allocation")
    op.drop_index(op.f("ix_shop_refund_line_refund_id"), table_name="shop_refund_line")
    op.drop_table("shop_refund_line")
    op.drop_table("screen_verdict")
    op.drop_index(op.f("ix_photo_rendition_digest"), table_name="photo_rendition")
    op.drop_table("photo_rendition")
    op.drop_index(op.f("ix_photo_decision_at"), table_name="photo_decision")
    op.drop_table("photo_decision")
    op.drop_index(
        "lot_open", table_name="lot", sqlite_where=sa.text("remaining > 0"), postgresql_where=sa.text("remaining > 0")
    )
    op.drop_index(
        "lot_due", table_name="lot", sqlite_where=sa.text("remaining > 0"), postgresql_where=sa.text("remaining > 0")
    )
    op.drop_index(op.f("ix_lot_entry_id"), table_name="lot")
    op.drop_table("lot")
    op.drop_index(
        "debt_open", table_name="debt", sqlite_where=sa.text("remaining > 0"), postgresql_where=sa.text("remaining > 0")
    )
    op.drop_table("debt")
    op.drop_index("shop_refund_order", table_name="shop_refund")
    op.drop_index(op.f("ix_shop_refund_order_id"), table_name="shop_refund")
    op.drop_table("shop_refund")
    op.drop_index(op.f("ix_shop_order_line_variant_external_id"), table_name="shop_order_line")
    op.drop_index(op.f("ix_shop_order_line_sku"), table_name="shop_order_line")
    op.drop_index(op.f("ix_shop_order_line_product_id"), table_name="shop_order_line")
    op.drop_index(op.f("ix_shop_order_line_product_external_id"), table_name="shop_order_line")
    op.drop_table("shop_order_line")
    op.drop_index("review_revision_body", table_name="review_revision")
    op.drop_table("review_revision")
    op.drop_table("referral_code")
    op.drop_index("referral_advocate", table_name="referral")
    op.drop_index(op.f("ix_referral_order_id"), table_name="referral")
    op.drop_index(op.f("ix_referral_friend_id"), table_name="referral")
    op.drop_table("referral")
    op.drop_index("redemption_reward", table_name="redemption")
    op.drop_index(op.f("ix_redemption_order_id"), table_name="redemption")
    op.drop_table("redemption")
    op.drop_index(op.f("ix_rating_delta_product_id"), table_name="rating_delta")
    op.drop_table("rating_delta")
    op.drop_index(
        "photo_waiting",
        table_name="photo",
        sqlite_where=sa.text("status = 'PENDING' AND state = 'READY' AND review_id IS NOT NULL"),
        postgresql_where=sa.text("status = 'PENDING' AND state = 'READY' AND review_id IS NOT NULL"),
    )
    op.drop_index("photo_upload", table_name="photo")
    op.drop_index("photo_of_review", table_name="photo")
    op.drop_index("photo_of_customer", table_name="photo")
    op.drop_index(op.f("ix_photo_sha256"), table_name="photo")
    op.drop_table("photo")
    op.drop_index(op.f("ix_moderation_decision_at"), table_name="moderation_decision")
    op.drop_table("moderation_decision")
    op.drop_index("ledger_entry_source", table_name="ledger_entry")
    op.drop_index(
        "ledger_entry_qualifying",
        table_name="ledger_entry",
        sqlite_where=sa.text("qualifying_day IS NOT NULL"),
        postgresql_where=sa.text("qualifying_day IS NOT NULL"),
    )
    op.drop_index("ledger_entry_page", table_name="ledger_entry")
    op.drop_table("ledger_entry")
    op.drop_index("import_row_of_batch", table_name="import_row")
    op.drop_table("import_row")
    op.drop_index(op.f("ix_shop_order_customer_id"), table_name="shop_order")
    op.drop_table("shop_order")
    op.drop_index(op.f("ix_reward_program_id"), table_name="reward")
    op.drop_table("reward")
    op.drop_index(
        "review_waiting",
        table_name="review",
        sqlite_where=sa.text("waiting_since IS NOT NULL"),
        postgresql_where=sa.text("waiting_since IS NOT NULL"),
    )
    op.drop_index(
        "review_shown_rating",
        table_name="review",
        sqlite_where=sa.text("status = 'PUBLISHED' AND counted"),
        postgresql_where=sa.text("status = 'PUBLISHED' AND counted"),
    )
    op.drop_index(
        "review_shown_photos",
        table_name="review",
        sqlite_where=sa.text("status = 'PUBLISHED' AND counted AND photo_count > 0"),
        postgresql_where=sa.text("status = 'PUBLISHED' AND counted AND photo_count > 0"),
    )
    op.drop_index(
        "review_shown",
        table_name="review",
        sqlite_where=sa.text("status = 'PUBLISHED' AND counted"),
        postgresql_where=sa.text("status = 'PUBLISHED' AND counted"),
    )
    op.drop_index("review_author", table_name="review")
    op.drop_table("review")
    op.drop_table("rating_counter")
    op.drop_table("product_listing")
    op.drop_index("membership_tier_until", table_name="membership")
    op.drop_index(op.f("ix_membership_customer_id"), table_name="membership")
    op.drop_table("membership")
    op.drop_index(op.f("ix_customer_identity_customer_id"), table_name="customer_identity")
    op.drop_table("customer_identity")
    op.drop_index(op.f("ix_customer_consent_customer_id"), table_name="customer_consent")
    op.drop_table("customer_consent")
    op.drop_table("webhook_delivery")
    op.drop_table("tier")
    op.drop_index(op.f("ix_staff_credential_staff_id"), table_name="staff_credential")
    op.drop_table("staff_credential")
    op.drop_table("reaction_run")
    op.drop_table("reaction_failure")
    op.drop_index(op.f("ix_product_sku"), table_name="product")
    op.drop_index(op.f("ix_product_family_id"), table_name="product")
    op.drop_table("product")
    op.drop_table("loyalty_program_rate")
    op.drop_index(op.f("ix_earning_rule_program_id"), table_name="earning_rule")
    op.drop_table("earning_rule")
    op.drop_table("customer")
    op.drop_table("storefront")
    op.drop_table("staff_account")
    op.drop_table("service_key")
    op.drop_table("product_family")
    op.drop_table("photo_stored_file")
    op.drop_index(
        "outbox_event_unsettled",
        table_name="outbox_event",
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.drop_table("outbox_event")
    op.drop_table("loyalty_program")
    op.drop_index(op.f("ix_import_batch_source"), table_name="import_batch")
    op.drop_table("import_batch")
    op.drop_index(op.f("ix_idempotency_key_created_at"), table_name="idempotency_key")
    op.drop_table("idempotency_key")
