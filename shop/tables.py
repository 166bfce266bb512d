"""The shop's tables. What may be written into them is storefronts', products', customers' and orders' to say."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from core import db, ids


class Availability(StrEnum):
    """Whether a product can be bought, in schema.org's terms."""

    IN_STOCK = "IN_STOCK"
    OUT_OF_STOCK = "OUT_OF_STOCK"
    PREORDER = "PREORDER"
    DISCONTINUED = "DISCONTINUED"


class IdentityKind(StrEnum):
    """What identifies a customer: the shop's own id, an e-mail address or a store card."""

    EXTERNAL = "EXTERNAL"
    EMAIL = "EMAIL"
    CARD = "CARD"


class OrderState(StrEnum):
    """Whether an order is paid; only a paid one earns."""

    PENDING = "PENDING"
    PAID = "PAID"
    CANCELLED = "CANCELLED"


class Storefront(SQLModel, table=True):
    """One place the merchant sells: a domain, a language, a currency, and the keys its front end uses.

    `product_url` is a pattern with `{handle}`. `publishable_key` (pk_...) names the storefront and is public;
    `customer_secret` signs customer tokens (HS256) and is not. Of each the former one is good until its instant.
    `jwks_url` and `jwks` (a JWK Set's text) hold public keys that verify tokens of `token_issuer` in one of
    `token_algorithms`, separated by spaces; `token_hours` is the longest life of any token.
    """

    __tablename__ = "storefront"
    type_name: ClassVar[str] = "Storefront"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    handle: str = Field(unique=True, max_length=60)
    name: str
    origin: str
    locale: str
    currency: str = Field(max_length=3)
    time_zone: str
    product_url: str
    allowed_origins: list[str] = Field(default_factory=list, sa_type=JSON)
    publishable_key: str = Field(unique=True)
    customer_secret: str
    former_key: str | None = Field(default=None, index=True, unique=True)
    former_key_until: datetime | None = Field(default=None, sa_type=db.Instant)
    former_secret: str | None = None
    former_secret_until: datetime | None = Field(default=None, sa_type=db.Instant)
    jwks_url: str | None = None
    jwks: str | None = None
    token_issuer: str | None = None
    token_algorithms: str = ""
    token_hours: int = 720
    shopify_secret: str | None = None
    created_at: datetime = Field(sa_type=db.Instant)

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public(self.type_name, self.id)


class RevokedToken(SQLModel, table=True):
    """That a storefront no longer takes the customer token of this `jti`."""

    __tablename__ = "revoked_token"

    storefront_id: int = Field(primary_key=True, foreign_key="storefront.id", sa_type=BigInteger)
    token_id: str = Field(primary_key=True, max_length=200)
    revoked_at: datetime = Field(index=True, sa_type=db.Instant)


class SignedOut(SQLModel, table=True):
    """That a storefront takes no token of this customer which was issued up to `at`."""

    __tablename__ = "signed_out_customer"

    storefront_id: int = Field(primary_key=True, foreign_key="storefront.id", sa_type=BigInteger)
    external_id: str = Field(primary_key=True, max_length=120)
    at: datetime = Field(sa_type=db.Instant)


class Family(SQLModel, table=True):
    """Variants that share their reviews."""

    __tablename__ = "product_family"
    type_name: ClassVar[str] = "ProductFamily"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    external_id: str = Field(unique=True, max_length=120)
    name: str
    created_at: datetime = Field(sa_type=db.Instant)

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public(self.type_name, self.id)


class Product(SQLModel, table=True):
    """Something that is sold and reviewed. `version` grows with every change that its pages show."""

    __tablename__ = "product"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    external_id: str = Field(unique=True, max_length=120)
    handle: str = Field(unique=True, max_length=200)
    family_id: int | None = Field(default=None, foreign_key="product_family.id", index=True, sa_type=BigInteger)
    name: str
    description: str = ""
    brand: str | None = None
    sku: str | None = Field(default=None, index=True)
    gtin: str | None = None
    mpn: str | None = None
    category: str | None = None
    image_url: str | None = None
    image_width: int | None = None
    image_height: int | None = None
    version: int = 1
    open_for_reviews: bool = True
    created_at: datetime = Field(sa_type=db.Instant)
    updated_at: datetime = Field(sa_type=db.Instant)


class ProductListing(SQLModel, table=True):
    """What one storefront says of a product: its words in that language, its address, price and availability."""

    __tablename__ = "product_listing"

    product_id: int = Field(primary_key=True, foreign_key="product.id", sa_type=BigInteger)
    storefront_id: int = Field(primary_key=True, foreign_key="storefront.id", sa_type=BigInteger)
    name: str | None = None
    description: str | None = None
    url: str | None = None
    price_minor: int | None = Field(default=None, sa_type=BigInteger)
    currency: str | None = Field(default=None, max_length=3)
    availability: Availability = Field(default=Availability.IN_STOCK, sa_type=db.closed_set(Availability))


class Customer(SQLModel, table=True):
    """One person; every way to recognise them is a CustomerIdentity."""

    __tablename__ = "customer"
    type_name: ClassVar[str] = "Customer"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    email: str | None = None
    email_confirmed: bool = False
    first_name: str | None = None
    last_name: str | None = None
    birthday: date | None = None
    locale: str | None = None
    time_zone: str | None = None
    storefront_id: int | None = Field(default=None, foreign_key="storefront.id", sa_type=BigInteger)
    created_at: datetime = Field(sa_type=db.Instant)

    @property
    def public_id(self) -> str:
        """The opaque id that clients see."""
        return ids.to_public(self.type_name, self.id)


class CustomerIdentity(SQLModel, table=True):
    """(storefront, kind, normalised value) names one customer. E-mail and card are the same person on every storefront
    of the merchant, so their `storefront_id` is 0; the shop's own ids are per storefront.
    """

    __tablename__ = "customer_identity"
    __table_args__ = (UniqueConstraint("storefront_id", "kind", "value"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    customer_id: int = Field(foreign_key="customer.id", index=True, sa_type=BigInteger)
    storefront_id: int = Field(default=0, sa_type=BigInteger)
    kind: IdentityKind = Field(sa_type=db.closed_set(IdentityKind))
    value: str = Field(max_length=320)
    created_at: datetime = Field(sa_type=db.Instant)


class Consent(SQLModel, table=True):
    """That a customer agreed to, or withdrew from, a purpose; the newest row of a purpose counts."""

    __tablename__ = "customer_consent"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    customer_id: int = Field(foreign_key="customer.id", index=True, sa_type=BigInteger)
    purpose: str
    granted: bool
    source: str
    at: datetime = Field(sa_type=db.Instant)


class Order(SQLModel, table=True):
    """An order as last told. `version` grows with each newer content; `content_hash` tells a repeat from a change."""

    __tablename__ = "shop_order"
    __table_args__ = (UniqueConstraint("storefront_id", "external_id"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    storefront_id: int = Field(foreign_key="storefront.id", sa_type=BigInteger)
    external_id: str = Field(max_length=120)
    customer_id: int | None = Field(default=None, foreign_key="customer.id", index=True, sa_type=BigInteger)
    state: OrderState = Field(sa_type=db.closed_set(OrderState))
    currency: str = Field(max_length=3)
    shipping_minor: int = Field(default=0, sa_type=BigInteger)
    tax_minor: int = Field(default=0, sa_type=BigInteger)
    points_paid_minor: int = Field(default=0, sa_type=BigInteger)
    version: int = 1
    content_hash: str
    placed_at: datetime = Field(sa_type=db.Instant)
    paid_at: datetime | None = Field(default=None, sa_type=db.Instant)
    updated_at: datetime = Field(sa_type=db.Instant)
    recorded_at: datetime = Field(sa_type=db.Instant)


class OrderLine(SQLModel, table=True):
    """One line of an order's present version. `total_minor` is what the buyer owes for it after discounts, shipping
    aside, taxed as the shop shows its prices (with VAT in Europe, before sales tax in the United States).

    The external ids are kept, so that a line finds its product when the product is told after the order.
    """

    __tablename__ = "shop_order_line"
    __table_args__ = (UniqueConstraint("order_id", "external_id"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    order_id: int = Field(foreign_key="shop_order.id", sa_type=BigInteger)
    external_id: str = Field(max_length=120)
    product_id: int | None = Field(default=None, foreign_key="product.id", index=True, sa_type=BigInteger)
    product_external_id: str | None = Field(default=None, max_length=120, index=True)
    variant_external_id: str | None = Field(default=None, max_length=120, index=True)
    sku: str | None = Field(default=None, max_length=120, index=True)
    title: str
    quantity: int
    total_minor: int = Field(sa_type=BigInteger)


class Refund(SQLModel, table=True):
    """Money given back for an order. `order_id` is empty while the refund is parked, waiting for its order;
    `order_level_minor` is what the shop tied to no line.
    """

    __tablename__ = "shop_refund"
    __table_args__ = (
        UniqueConstraint("storefront_id", "external_id"),
        Index("shop_refund_order", "storefront_id", "order_external_id"),
    )

    id: int = Field(primary_key=True, sa_type=BigInteger)
    storefront_id: int = Field(foreign_key="storefront.id", sa_type=BigInteger)
    external_id: str = Field(max_length=120)
    order_external_id: str = Field(max_length=120)
    order_id: int | None = Field(default=None, foreign_key="shop_order.id", index=True, sa_type=BigInteger)
    order_level_minor: int = Field(default=0, sa_type=BigInteger)
    content_hash: str
    refunded_at: datetime = Field(sa_type=db.Instant)
    recorded_at: datetime = Field(sa_type=db.Instant)


class RefundLine(SQLModel, table=True):
    """What a refund gives back for one order line: units returned and money, either of which may be 0."""

    __tablename__ = "shop_refund_line"

    id: int = Field(primary_key=True, sa_type=BigInteger)
    refund_id: int = Field(foreign_key="shop_refund.id", index=True, sa_type=BigInteger)
    line_external_id: str = Field(max_length=120)
    quantity: int
    amount_minor: int = Field(sa_type=BigInteger)


class WebhookDelivery(SQLModel, table=True):
    """That a vendor's delivery was taken in; a repeat of its id is answered and does nothing."""

    __tablename__ = "webhook_delivery"
    __table_args__ = (UniqueConstraint("storefront_id", "delivery_id"),)

    id: int = Field(primary_key=True, sa_type=BigInteger)
    storefront_id: int = Field(foreign_key="storefront.id", sa_type=BigInteger)
    delivery_id: str = Field(max_length=200)
    topic: str
    received_at: datetime = Field(sa_type=db.Instant)
