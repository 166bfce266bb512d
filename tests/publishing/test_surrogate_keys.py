"""What a change renews: the product's own pages, those of the variants that share its reviews, and nothing else."""

import re

from sqlmodel import Session, col, select

from core.outbox import OutboxEvent
from publishing import surrogate_keys
from shop.events import ShopEvent
from tests.make import shop as make
from tests.make import ugc as make_ugc


def renewed(session: Session) -> list[str]:
    """The keys of every change told so far, in order."""
    changes = select(OutboxEvent).where(OutboxEvent.name == ShopEvent.PRODUCT_CHANGED).order_by(col(OutboxEvent.id))
    return [key for event in session.exec(changes) for key in surrogate_keys.renewed_by(event.payload)]


def test_a_new_product_renews_the_lists(session: Session) -> None:
    mug = make.product(session, "mug")

    assert renewed(session) == [f"product-{mug}", "products"]


def test_a_published_review_renews_its_product_and_its_siblings_alone(session: Session) -> None:
    red, blue, _hat = (make.product(session, handle) for handle in ("red", "blue", "hat"))
    make.family(session, red, blue)
    before = len(renewed(session))

    make_ugc.published_review(session, product_id=red)

    assert renewed(session)[before:] == [f"product-{red}", f"product-{blue}"]
    assert surrogate_keys.changed_with(session, red) == [red, blue]


def test_a_key_fits_any_caches_list() -> None:
    keys = [surrogate_keys.of_product(2**63 - 1), surrogate_keys.PRODUCT_LIST, surrogate_keys.PROGRAMS]

    assert [key for key in keys if not re.fullmatch("[a-z0-9-]{1,64}", key)] == []
