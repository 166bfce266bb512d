"""Brings the demo's storefronts, products, families and customers into the shop; safe to repeat."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from cli.demo import seed
from cli.demo.outcome import done
from cli.demo.records import Front, Person, Shop, Ware
from core import clock
from shop import customers, families, products, storefronts
from shop.customers import CustomerDraft
from shop.families import FamilyDraft
from shop.products import ListingDraft, ProductDraft
from shop.storefronts import StorefrontDraft

_PICTURE_SIDE = 1200
# what a product is called where no storefront is meant
_BASE_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Row ids by the names that the files use."""

    storefronts: dict[str, int]
    products: dict[str, int]
    customers: dict[str, int]


def record(session: Session, *, storefront_url: str) -> Catalogue:
    """Record everything as served from `storefront_url`; what is there already keeps its ids and keys."""
    shop = seed.shop()
    fronts = {
        front.handle: done(storefronts.record(session, _front(front, storefront_url))) for front in shop.storefronts
    }
    wares = {
        ware.id: done(products.record(session, _ware(shop, ware, fronts, storefront_url))) for ware in shop.products
    }
    for family in shop.families:
        members = tuple(wares[ware.id] for ware in shop.products if ware.family == family.id)
        draft = FamilyDraft(external_id=family.id, name=family.name[_BASE_LANGUAGE], product_ids=members)
        done(families.record(session, draft))
    return Catalogue(fronts, wares, _people(session, fronts))


def _people(session: Session, fronts: dict[str, int]) -> dict[str, int]:
    first_day: dict[str, int] = {}
    acts = [(order.customer, order.days_ago) for order in seed.orders()]
    acts += [(review.customer, review.days_ago) for review in seed.reviews()]
    for customer, days_ago in acts:
        first_day[customer] = max(days_ago, first_day.get(customer, 0))
    recorded = {}
    for person in seed.people():
        # known since the day before they first did anything
        with clock.at(clock.now() - timedelta(days=first_day.get(person.id, 0) + 1)):
            recorded[person.id] = done(customers.record(session, _person(person, fronts)))
    return recorded


def _front(front: Front, storefront_url: str) -> StorefrontDraft:
    address = front.product_url.replace("{origin}", storefront_url).replace("{locale_segment}", front.locale_segment)
    return StorefrontDraft(
        handle=front.handle,
        name=front.name,
        origin=storefront_url,
        locale=front.locale,
        currency=front.currency,
        time_zone=front.time_zone,
        product_url=address,
        allowed_origins=(storefront_url,),
    )


def _ware(shop: Shop, ware: Ware, fronts: dict[str, int], storefront_url: str) -> ProductDraft:
    category = next(category for category in shop.categories if category.handle == ware.category)
    return ProductDraft(
        external_id=ware.id,
        handle=ware.handle,
        name=ware.name[_BASE_LANGUAGE],
        description=ware.description[_BASE_LANGUAGE],
        brand=ware.brand,
        sku=ware.sku,
        gtin=ware.gtin,
        category=category.name[_BASE_LANGUAGE],
        image_url=f"{storefront_url}/pictures/{ware.handle}.webp",
        image_width=_PICTURE_SIDE,
        image_height=_PICTURE_SIDE,
        listings=tuple(
            ListingDraft(
                storefront_id=fronts[front.handle],
                name=ware.name[front.language],
                description=ware.description[front.language],
                price_minor=ware.price_minor[front.currency],
                currency=front.currency,
                availability=ware.is_available,
            )
            for front in shop.storefronts
        ),
    )


def _person(person: Person, fronts: dict[str, int]) -> CustomerDraft:
    return CustomerDraft(
        storefront_id=fronts[person.storefront],
        external_id=person.id,
        email=person.email,
        email_confirmed=True,
        first_name=person.first_name,
        last_name=person.last_initial,
        locale=person.locale,
    )
