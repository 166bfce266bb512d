"""New keys and secrets for a storefront; the former ones stay good for a while. Drawing one is storefronts'."""

from datetime import datetime, timedelta

from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from shop import storefronts
from shop.refusals import ShopRefusal
from shop.tables import Storefront

# a week is enough for every page and app that still carries the former one
MAX_OVERLAP_HOURS = 168


def rotate_key(session: Session, storefront_id: int, *, overlap_hours: int) -> str | Refusal:
    """Draw a new publishable key; the former one names the storefront for `overlap_hours` more, 0 for not at all."""
    refused = _refusal(session, storefront_id, overlap_hours)
    if refused is not None:
        return refused
    storefront = session.get_one(Storefront, storefront_id)
    storefront.former_key, storefront.former_key_until = storefront.publishable_key, _end(overlap_hours)
    storefront.publishable_key = storefronts.drawn("pk")
    session.flush()
    return storefront.publishable_key


def rotate_secret(session: Session, storefront_id: int, *, overlap_hours: int) -> str | Refusal:
    """Draw a new secret for customer tokens; the former one signs for `overlap_hours` more, 0 for not at all."""
    refused = _refusal(session, storefront_id, overlap_hours)
    if refused is not None:
        return refused
    storefront = session.get_one(Storefront, storefront_id)
    storefront.former_secret, storefront.former_secret_until = storefront.customer_secret, _end(overlap_hours)
    storefront.customer_secret = storefronts.drawn("cs")
    session.flush()
    return storefront.customer_secret


def _end(overlap_hours: int) -> datetime:
    return clock.now() + timedelta(hours=overlap_hours)


def _refusal(session: Session, storefront_id: int, overlap_hours: int) -> Refusal | None:
    if not 0 <= overlap_hours <= MAX_OVERLAP_HOURS:
        return Refusal(ShopRefusal.OUT_OF_RANGE, ("overlapHours",), {"minimum": 0, "maximum": MAX_OVERLAP_HOURS})
    return storefronts.unknown(session, storefront_id)
