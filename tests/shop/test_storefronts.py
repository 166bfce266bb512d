"""Storefronts: described by the merchant, with keys drawn here."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from sqlmodel import Session

from core.refusal import Refusal
from shop import storefronts
from shop.refusals import ShopRefusal
from shop.tables import Storefront
from tests.make import shop as make
from tests.shop.told import count


def test_its_keys_are_drawn_once_and_kept_when_it_is_told_again(session: Session) -> None:
    made = session.get_one(Storefront, make.storefront(session, "paris", shopify_secret="s3"))
    keys = (made.publishable_key, made.customer_secret)

    again = make.accepted(storefronts.record(session, replace(make.storefront_draft("paris"), name="Paris 2")))

    assert again == made.id
    assert (made.name, made.shopify_secret) == ("Paris 2", "s3")
    assert (made.publishable_key, made.customer_secret) == keys
    assert keys[0].startswith("pk_")
    assert make.storefront(session, "lyon") != made.id


def test_a_publishable_key_names_its_storefront_in_one_statement(
    session: Session, statements: Callable[[], AbstractContextManager[list[str]]]
) -> None:
    paris = session.get_one(Storefront, make.storefront(session, "paris"))

    with statements() as seen:
        found = storefronts.by_key(session, paris.publishable_key)

    assert len(seen) == 1
    assert found is not None
    assert (found.id, found.currency) == (paris.id, "EUR")
    assert storefronts.by_key(session, "pk_unknown") is None


@pytest.mark.parametrize(
    "changes, code, field",
    [
        ({"handle": ""}, ShopRefusal.REQUIRED, ("handle",)),
        ({"handle": "Paris"}, ShopRefusal.INVALID_HANDLE, ("handle",)),
        ({"handle": "x" * 61}, ShopRefusal.TOO_LONG, ("handle",)),
        ({"name": " "}, ShopRefusal.REQUIRED, ("name",)),
        ({"origin": "paris.example"}, ShopRefusal.INVALID_ORIGIN, ("origin",)),
        ({"origin": "https://paris.example/"}, ShopRefusal.INVALID_ORIGIN, ("origin",)),
        ({"origin": "https://user@paris.example"}, ShopRefusal.INVALID_ORIGIN, ("origin",)),
        ({"origin": "https://paris.example:x"}, ShopRefusal.INVALID_ORIGIN, ("origin",)),
        ({"locale": "fr_FR"}, ShopRefusal.INVALID_LOCALE, ("locale",)),
        ({"currency": "EURO"}, ShopRefusal.INVALID_CURRENCY, ("currency",)),
        ({"time_zone": "Paris"}, ShopRefusal.INVALID_TIME_ZONE, ("timeZone",)),
        ({"time_zone": "../etc/passwd"}, ShopRefusal.INVALID_TIME_ZONE, ("timeZone",)),
        ({"product_url": "https://paris.example/p"}, ShopRefusal.INVALID_PRODUCT_URL, ("productUrl",)),
        ({"product_url": "https://paris.example/{handle}/{0}"}, ShopRefusal.INVALID_PRODUCT_URL, ("productUrl",)),
        ({"product_url": "/p/{handle}"}, ShopRefusal.INVALID_PRODUCT_URL, ("productUrl",)),
        ({"allowed_origins": ("https://a.example", "*")}, ShopRefusal.INVALID_ORIGIN, ("allowedOrigins", "1")),
    ],
)
def test_what_no_storefront_can_be_is_refused_by_its_field(
    session: Session, changes: dict[str, object], code: ShopRefusal, field: tuple[str, ...]
) -> None:
    refused = storefronts.record(session, replace(make.storefront_draft(), **changes))  # type: ignore[arg-type]

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field) == (code, field)
    assert count(session, Storefront) == 0
