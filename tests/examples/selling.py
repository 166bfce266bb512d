"""What the shop of these tests sells, and what people wrote about it."""

from sqlmodel import Session

from core import clock
from core.db import Database
from examples.storefront.markets import SEGMENTS
from loyalty import memberships, orders
from loyalty.memberships import JoinDraft
from loyalty.tables import Program
from shop import families, products, storefronts
from shop.families import FamilyDraft
from shop.products import ListingDraft, ProductDraft
from shop.storefronts import StorefrontDraft
from shop.tables import Availability, Storefront
from tests.make import loyalty as make_loyalty
from tests.make import photos as make_photos
from tests.make import shop as make
from tests.make import ugc as make_ugc
from tests.make.shop import accepted
from ugc import moderation
from ugc.tables.photos import PhotoStatus

TEAPOT_REVIEWS = 13
TEAPOT_STARS = 4
# one of the people whom the front offers to sign in as
MEMBER = "C-1008"
MEMBERS_POINTS = 980
# an attempt to leave the page's markup
HOSTILE_BODY = "Elle verse </script><script>alert(1)</script> droit & sans goutte, jusqu'à la dernière tasse."


def stock(database: Database, *, origin: str) -> dict[str, Storefront]:
    """Two storefronts; a teapot with two pages of reviews, two mugs of one family, a towel without reviews."""
    database.writing(lambda session: _stock(session, origin))
    with database.reading() as session:
        return {front.handle: front for front in storefronts.everyone(session) if front.handle in SEGMENTS}


def _stock(session: Session, origin: str) -> None:
    currencies = {"fr": "EUR", "us": "USD"}
    fronts = {handle: _front(session, handle, currency=currencies[handle], origin=origin) for handle in SEGMENTS}
    teapot = _product(session, fronts, origin, "theiere-galet", "Théière Galet", "Galet Teapot", price_minor=6800)
    lichen = _product(session, fronts, origin, "mug-brume-lichen", "Mug Lichen", "Lichen Mug", price_minor=2800)
    brick = _product(session, fronts, origin, "mug-brume-brique", "Mug Brique", "Brick Mug", price_minor=2800,
                     availability=Availability.OUT_OF_STOCK)  # fmt: skip
    _product(session, fronts, origin, "torchon-damier", "Torchon Damier", "Damier Towel", price_minor=1800)
    accepted(families.record(session, FamilyDraft(external_id="mugs", name="Mug Brume", product_ids=(lichen, brick))))
    for number in range(TEAPOT_REVIEWS):
        author = make.customer(session, f"writer-{number}", storefront_id=fronts["fr"].id)
        body = HOSTILE_BODY if number == TEAPOT_REVIEWS - 1 else f"La théière numéro {number} de ma cuisine verse bien."
        written = make_ugc.review(session, product_id=teapot, author_id=author, rating=TEAPOT_STARS, body=body)
        accepted(moderation.approve(session, make_ugc.decision(session, written)))
    make_photos.photo(session, customer_id=author, review_id=written, status=PhotoStatus.APPROVED)
    make_ugc.published_review(session, product_id=brick, rating=5)
    _member(session, fronts["fr"].id)


def _member(session: Session, storefront_id: int) -> None:
    program_id = make_loyalty.program(session, make_loyalty.program_draft(tiers=(make_loyalty.tier("Silver", 300),)))
    customer_id = make.customer(session, MEMBER, storefront_id=storefront_id, first_name="Jeanne")
    terms = session.get_one(Program, program_id).terms_version
    accepted(memberships.join(session, JoinDraft(program_id, customer_id, terms, "TEST")))
    order_id = make.order(session, make.line(MEMBERS_POINTS * 100), storefront_id=storefront_id, customer=MEMBER)
    orders.settle(session, order_id, at=clock.now())


def _front(session: Session, handle: str, *, currency: str, origin: str) -> Storefront:
    segment, locale = SEGMENTS[handle]
    draft = StorefrontDraft(
        handle=handle,
        name="Tillebrume",
        origin=origin,
        locale=locale,
        currency=currency,
        time_zone="Europe/Paris",
        product_url=f"{origin}/{segment}/products/{{handle}}",
        allowed_origins=(origin,),
    )
    found = storefronts.get(session, accepted(storefronts.record(session, draft)))
    assert found is not None
    return found


def _product(
    session: Session,
    fronts: dict[str, Storefront],
    origin: str,
    handle: str,
    *names: str,
    price_minor: int,
    availability: Availability = Availability.IN_STOCK,
) -> int:
    listings = tuple(
        ListingDraft(
            storefront_id=front.id,
            name=name,
            description=f"{name}.",
            price_minor=price_minor,
            currency=front.currency,
            availability=availability,
        )
        for front, name in zip(fronts.values(), names, strict=True)
    )
    draft = ProductDraft(
        external_id=handle,
        handle=handle,
        name=names[1],
        brand="Tillebrume",
        category="Ceramics",
        image_url=f"{origin}/pictures/{handle}.webp",
        image_width=1200,
        image_height=1200,
        listings=listings,
    )
    return accepted(products.record(session, draft))
