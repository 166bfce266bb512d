"""Products as the shop describes them, and what each storefront says of them. Families are shop.families'."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from core import clock, ids, outbox
from core.paging import Page
from core.refusal import Refusal
from shop import storefronts, validation
from shop.events import ShopEvent
from shop.queries import orders as order_queries
from shop.queries import products as queries
from shop.queries.products import ProductRow
from shop.refusals import ShopRefusal
from shop.tables import Availability, Product, ProductListing

MAX_HANDLE = 200
MAX_DESCRIPTION = 20_000
MAX_LISTINGS = 100
MAX_IMAGE_SIDE = 50_000
_GTIN_LENGTHS = (8, 12, 13, 14)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingDraft:
    """What one storefront says of a product; None falls back to the product's own, or to the storefront's pattern."""

    storefront_id: int
    name: str | None = None
    description: str | None = None
    url: str | None = None
    price_minor: int | None = None
    currency: str | None = None
    availability: Availability = Availability.IN_STOCK

    def refusal(self, path: tuple[str, ...]) -> Refusal | None:
        """What is wrong with the listing."""
        half_a_price = (self.price_minor is None) != (self.currency is None)
        return validation.first(
            validation.text(self.name, (*path, "name"), maximum=validation.MAX_NAME, required=False),
            validation.text(self.description, (*path, "description"), maximum=MAX_DESCRIPTION, required=False),
            validation.url(self.url, (*path, "url")),
            Refusal(ShopRefusal.PRICE_INCOMPLETE, (*path, "price")) if half_a_price else None,
            None if self.price_minor is None else validation.amount(self.price_minor, (*path, "price")),
            None if self.currency is None else validation.currency(self.currency, (*path, "price")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProductDraft:
    """A product as the shop describes it, whole: what is None is empty afterwards. Listings not named stay."""

    external_id: str
    handle: str
    name: str
    description: str = ""
    brand: str | None = None
    sku: str | None = None
    gtin: str | None = None
    mpn: str | None = None
    category: str | None = None
    image_url: str | None = None
    image_width: int | None = None
    image_height: int | None = None
    open_for_reviews: bool = True
    listings: tuple[ListingDraft, ...] = ()

    def refusal(self) -> Refusal | None:
        """What is wrong with the description, by the first field at fault."""
        short = (("brand", self.brand), ("sku", self.sku), ("mpn", self.mpn), ("category", self.category))
        return validation.first(
            validation.external_id(self.external_id, ("externalId",)),
            validation.handle(self.handle, ("handle",), maximum=MAX_HANDLE),
            validation.text(self.name, ("name",), maximum=validation.MAX_NAME),
            validation.text(self.description, ("description",), maximum=MAX_DESCRIPTION, required=False),
            *(
                validation.text(value, (name,), maximum=validation.MAX_EXTERNAL_ID, required=False)
                for name, value in short
            ),
            None if self.gtin is None or is_gtin(self.gtin) else Refusal(ShopRefusal.INVALID_GTIN, ("gtin",)),
            validation.url(self.image_url, ("imageUrl",)),
            _image_side(self.image_width, "imageWidth"),
            _image_side(self.image_height, "imageHeight"),
            validation.at_most(len(self.listings), MAX_LISTINGS, ("listings",)),
            *(listing.refusal(("listings", str(index))) for index, listing in enumerate(self.listings)),
            validation.distinct([str(listing.storefront_id) for listing in self.listings], ("listings",)),
        )


def record(session: Session, draft: ProductDraft) -> int | Refusal:
    """Create or change the product of this external id; returns its id.

    Order lines told before the product find it. A telling that changes nothing leaves the version as it is.
    """
    refused = draft.refusal() or _disagreement(session, draft)
    if refused is not None:
        return refused
    known = queries.by_external_id(session, draft.external_id)
    product = known or _new(draft)
    is_new = known is None or known.handle != draft.handle
    changed = _describe(product, draft)
    session.add(product)
    session.flush()
    for listing in draft.listings:
        changed = _list(session, product.id, listing) or changed
    order_queries.link_lines(session, product)
    if known is not None and changed:
        queries.raise_versions(session, [product.id], now=clock.now())
    if changed or is_new:
        _tell(session, product.id, is_new=is_new)
    return product.id


def bump_versions(session: Session, product_ids: Sequence[int]) -> None:
    """One more version of each product, since its pages show something new, and ShopEvent.PRODUCT_CHANGED for each."""
    for product_id in queries.raise_versions(session, product_ids, now=clock.now()):
        _tell(session, product_id, is_new=False)


def siblings(session: Session, product_id: int) -> list[int]:
    """Ids of the products that share its reviews, its own with them. One statement."""
    return queries.siblings(session, product_id)


def get(session: Session, product_id: int) -> Product | None:
    """The product of this id, for writers. At most one statement."""
    return session.get(Product, product_id)


def shown(session: Session, product_id: int, *, storefront_id: int | None) -> ProductRow | None:
    """The product as the storefront shows it. One statement."""
    return queries.shown_by_id(session, product_id, storefront_id=storefront_id)


def shown_by_handle(session: Session, handle: str, *, storefront_id: int | None) -> ProductRow | None:
    """The product of this handle as the storefront shows it. At most one statement."""
    if not validation.is_keepable(handle):
        return None
    return queries.shown_by_handle(session, handle, storefront_id=storefront_id)


def shown_by_ids(session: Session, product_ids: Sequence[int], *, storefront_id: int | None) -> dict[int, ProductRow]:
    """The products that exist as the storefront shows them, by id. One statement."""
    rows = queries.shown_by_ids(session, product_ids, storefront_id=storefront_id)
    return {row.id: row for row in rows}


def shown_by_families(
    session: Session, family_ids: Sequence[int], *, storefront_id: int | None
) -> dict[int, list[ProductRow]]:
    """Each family's products as the storefront shows them, oldest first. One statement."""
    found: dict[int, list[ProductRow]] = {family_id: [] for family_id in family_ids}
    for row in queries.shown_by_families(session, family_ids, storefront_id=storefront_id):
        if row.family_id is not None:
            found[row.family_id].append(row)
    return found


def page(
    session: Session, *, storefront_id: int | None, first: int, after: tuple[int] | None = None
) -> Page[ProductRow]:
    """Products in the order of their making; the key of one is (id,). One statement."""
    rows = queries.shown_page(session, storefront_id=storefront_id, after=after[0] if after else 0, limit=first + 1)
    return Page.cut(rows, first=first, key=lambda row: (row.id,))


def is_gtin(code: str) -> bool:
    """Whether `code` is a GTIN-8, -12, -13 or -14 with the right check digit.

    Source: GS1 General Specifications 7.9, weights 3 and 1 from the right.
    """
    if len(code) not in _GTIN_LENGTHS or not (code.isascii() and code.isdigit()):
        return False
    weighted = sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(reversed(code)))
    return weighted % 10 == 0


def _disagreement(session: Session, draft: ProductDraft) -> Refusal | None:
    owner = queries.id_of_handle(session, draft.handle)
    product = queries.by_external_id(session, draft.external_id)
    if owner is not None and (product is None or owner != product.id):
        return Refusal(ShopRefusal.HANDLE_TAKEN, ("handle",))
    for index, listing in enumerate(draft.listings):
        if storefronts.unknown(session, listing.storefront_id) is not None:
            return Refusal(ShopRefusal.STOREFRONT_NOT_FOUND, ("listings", str(index), "storefrontId"))
    return None


def _tell(session: Session, product_id: int, *, is_new: bool) -> None:
    payload: dict[str, int | str | None] = {"productId": product_id, **({"isNew": 1} if is_new else {})}
    outbox.record(session, ShopEvent.PRODUCT_CHANGED, aggregate=("Product", product_id), payload=payload)


def _new(draft: ProductDraft) -> Product:
    now = clock.now()
    return Product(
        id=ids.new_id(),
        external_id=draft.external_id,
        handle=draft.handle,
        name=draft.name,
        created_at=now,
        updated_at=now,
    )


def _describe(product: Product, draft: ProductDraft) -> bool:
    told = {name: getattr(draft, name) for name in draft.__slots__ if name not in ("external_id", "listings")}
    changed = {name: value for name, value in told.items() if getattr(product, name, None) != value}
    for name, value in changed.items():
        setattr(product, name, value)
    return bool(changed)


def _list(session: Session, product_id: int, draft: ListingDraft) -> bool:
    listing = queries.listing(session, product_id, draft.storefront_id) or ProductListing(
        product_id=product_id, storefront_id=draft.storefront_id
    )
    told = {name: getattr(draft, name) for name in draft.__slots__ if name != "storefront_id"}
    changed = {name: value for name, value in told.items() if getattr(listing, name, None) != value}
    for name, value in changed.items():
        setattr(listing, name, value)
    session.add(listing)
    session.flush()
    return bool(changed)


def _image_side(pixels: int | None, field: str) -> Refusal | None:
    if pixels is None or 1 <= pixels <= MAX_IMAGE_SIDE:
        return None
    return Refusal(ShopRefusal.INVALID_IMAGE_SIZE, (field,))
