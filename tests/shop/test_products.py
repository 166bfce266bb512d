"""Products, listings and families: told again and again, with a version for every change that pages show."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from sqlmodel import Session, col, select

from core.outbox import OutboxEvent
from core.refusal import Refusal
from shop import families, products
from shop.events import ShopEvent
from shop.families import FamilyDraft
from shop.products import ListingDraft, ProductDraft
from shop.refusals import ShopRefusal
from shop.tables import Availability, Family, Product
from tests.conftest import FrozenClock
from tests.make import shop as make
from tests.shop.told import count, events

pytestmark = pytest.mark.usefixtures("frozen_clock")

HAT = ProductDraft(external_id="p-1", handle="hat", name="Hat", description="Felt.", gtin="4006381333931")


def version(session: Session, product_id: int) -> int:
    session.expire_all()
    return session.get_one(Product, product_id).version


def told(session: Session) -> list[dict[str, int | str | None]]:
    rows = session.exec(select(OutboxEvent).order_by(col(OutboxEvent.id))).all()
    assert {row.name for row in rows} <= {ShopEvent.PRODUCT_CHANGED.value}
    return [row.payload for row in rows]


def test_a_change_is_a_new_version_and_is_told(session: Session, frozen_clock: FrozenClock) -> None:
    hat = make.accepted(products.record(session, HAT))
    assert told(session) == [{"productId": hat, "isNew": 1}]

    later = frozen_clock.advance(minutes=1)
    assert products.record(session, replace(HAT, description="Wool.")) == hat

    assert version(session, hat) == 2
    assert session.get_one(Product, hat).updated_at == later
    assert told(session)[1:] == [{"productId": hat}]


def test_another_handle_is_told_as_new(session: Session) -> None:
    hat = make.accepted(products.record(session, HAT))

    make.accepted(products.record(session, replace(HAT, handle="felt-hat")))

    assert told(session)[1:] == [{"productId": hat, "isNew": 1}]


def test_the_same_telling_is_no_change(session: Session) -> None:
    storefront = make.storefront(session)
    draft = replace(HAT, listings=(ListingDraft(storefront_id=storefront, price_minor=1250, currency="EUR"),))
    hat = make.accepted(products.record(session, draft))

    assert products.record(session, draft) == hat

    assert (version(session, hat), events(session)) == (1, ["ProductChanged"])


def test_another_price_is_a_change(session: Session) -> None:
    listing = ListingDraft(storefront_id=make.storefront(session), price_minor=1250, currency="EUR")
    hat = make.accepted(products.record(session, replace(HAT, listings=(listing,))))

    make.accepted(products.record(session, replace(HAT, listings=(replace(listing, price_minor=990),))))

    assert version(session, hat) == 2


def test_each_storefront_shows_the_product_in_its_own_words(session: Session) -> None:
    paris, boston = make.storefront(session, "paris"), make.storefront(session, "boston", locale="en-US")
    chapeau = ListingDraft(
        storefront_id=paris, name="Chapeau", price_minor=1250, currency="EUR", availability=Availability.PREORDER
    )
    own_page = ListingDraft(storefront_id=boston, url="https://boston.example/the-hat")
    hat = make.accepted(products.record(session, replace(HAT, listings=(chapeau, own_page))))

    shown = [products.shown(session, hat, storefront_id=storefront) for storefront in (paris, boston, None)]

    assert [(row.name, row.description, row.url, row.price_minor, row.availability) for row in shown if row] == [
        ("Chapeau", "Felt.", "https://paris.example/products/hat", 1250, "PREORDER"),
        ("Hat", "Felt.", "https://boston.example/the-hat", None, "IN_STOCK"),
        ("Hat", "Felt.", None, None, None),
    ]


def test_a_product_is_found_by_id_and_handle_in_one_statement(
    session: Session, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    storefront = make.storefront(session)
    hat = make.accepted(products.record(session, HAT))

    with statements() as seen:
        by_id = products.shown(session, hat, storefront_id=storefront)
    assert len(seen) == 1
    with statements() as seen:
        by_handle = products.shown_by_handle(session, "hat", storefront_id=storefront)
    assert len(seen) == 1

    assert by_id == by_handle
    assert products.shown_by_handle(session, "cap", storefront_id=storefront) is None
    assert list(products.shown_by_ids(session, [hat, 1], storefront_id=storefront)) == [hat]


def test_pages_of_products_go_by_key(session: Session) -> None:
    made = [make.product(session) for _ in range(5)]

    first = products.page(session, storefront_id=None, first=2)
    rest = products.page(session, storefront_id=None, first=3, after=(made[1],))

    assert [row.id for row in (*first.items, *rest.items)] == made
    assert (first.has_next, rest.has_next) == (True, False)


def test_a_handle_belongs_to_one_product(session: Session) -> None:
    make.accepted(products.record(session, HAT))

    refused = products.record(session, replace(HAT, external_id="p-2", gtin=None))

    assert refused == Refusal(ShopRefusal.HANDLE_TAKEN, ("handle",))
    assert count(session, Product) == 1


@pytest.mark.parametrize("code", ["96385074", "036000291452", "4006381333931", "14006381333938"])
def test_a_gtin_has_its_check_digit(code: str) -> None:
    assert products.is_gtin(code)
    assert not products.is_gtin(code[:-1] + str((int(code[-1]) + 1) % 10))


@pytest.mark.parametrize(
    "changes, code, field",
    [
        ({"external_id": ""}, ShopRefusal.REQUIRED, ("externalId",)),
        ({"handle": "a/b"}, ShopRefusal.INVALID_HANDLE, ("handle",)),
        ({"handle": "-a"}, ShopRefusal.INVALID_HANDLE, ("handle",)),
        ({"name": ""}, ShopRefusal.REQUIRED, ("name",)),
        ({"description": "x" * 20_001}, ShopRefusal.TOO_LONG, ("description",)),
        ({"brand": "x" * 121}, ShopRefusal.TOO_LONG, ("brand",)),
        ({"gtin": "4006381333932"}, ShopRefusal.INVALID_GTIN, ("gtin",)),
        ({"gtin": "123"}, ShopRefusal.INVALID_GTIN, ("gtin",)),
        ({"image_url": "javascript:alert(1)"}, ShopRefusal.INVALID_URL, ("imageUrl",)),
        ({"image_width": 0}, ShopRefusal.INVALID_IMAGE_SIZE, ("imageWidth",)),
        (
            {"listings": (ListingDraft(storefront_id=0),)},
            ShopRefusal.STOREFRONT_NOT_FOUND,
            ("listings", "0", "storefrontId"),
        ),
        (
            {"listings": (ListingDraft(storefront_id=1, price_minor=5),)},
            ShopRefusal.PRICE_INCOMPLETE,
            ("listings", "0", "price"),
        ),
        (
            {"listings": (ListingDraft(storefront_id=1, price_minor=-5, currency="EUR"),)},
            ShopRefusal.NEGATIVE_AMOUNT,
            ("listings", "0", "price"),
        ),
        (
            {"listings": (ListingDraft(storefront_id=1, url="ftp://x.example"),)},
            ShopRefusal.INVALID_URL,
            ("listings", "0", "url"),
        ),
        (
            {"listings": (ListingDraft(storefront_id=1), ListingDraft(storefront_id=1))},
            ShopRefusal.DUPLICATE,
            ("listings",),
        ),
    ],
)
def test_what_no_product_can_be_is_refused_by_its_field(
    session: Session, changes: dict[str, object], code: ShopRefusal, field: tuple[str, ...]
) -> None:
    refused = products.record(session, replace(HAT, **changes))  # type: ignore[arg-type]

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field) == (code, field)
    assert count(session, Product) == 0


def test_a_family_shares_its_reviews_among_its_members(session: Session) -> None:
    red, blue, hat = (make.product(session, handle) for handle in ("red", "blue", "hat"))

    make.family(session, red, blue)

    assert products.siblings(session, red) == products.siblings(session, blue) == [red, blue]
    assert products.siblings(session, hat) == [hat]


def test_whoever_gains_or_loses_a_sibling_shows_something_new(session: Session) -> None:
    red, blue, green = (make.product(session, handle) for handle in ("red", "blue", "green"))
    make.family(session, red, blue, external_id="caps")

    make.family(session, blue, green, external_id="hoods")

    assert products.siblings(session, red) == [red]
    assert [version(session, product) for product in (red, blue, green)] == [3, 3, 2]
    make.family(session, blue, green, external_id="hoods")
    assert [version(session, product) for product in (red, blue, green)] == [3, 3, 2]


def test_a_family_under_another_name_is_shown_by_its_members(session: Session) -> None:
    red, blue = make.product(session, "red"), make.product(session, "blue")
    draft = FamilyDraft(external_id="caps", name="Caps", product_ids=(red, blue))
    make.accepted(families.record(session, draft))

    make.accepted(families.record(session, replace(draft, name="Hats")))

    assert [version(session, product) for product in (red, blue)] == [3, 3]


def test_a_family_of_an_unknown_product_is_refused(session: Session) -> None:
    red = make.product(session, "red")

    refused = families.record(session, FamilyDraft(external_id="caps", name="Caps", product_ids=(red, 1)))

    assert refused == Refusal(ShopRefusal.PRODUCT_NOT_FOUND, ("productIds", "1"))
    assert (count(session, Family), version(session, red)) == (0, 1)
