"""Make what a file's rows need before they can be kept: products that are missing, families that were planned."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from functools import partial

from sqlmodel import Session

from core.db import Database
from core.refusal import Refusal
from shop import families as shop_families
from shop import products
from shop.families import FamilyDraft
from shop.products import ProductDraft
from ugc.imports.families import FamilyPlan
from ugc.queries import imports as queries

_CHUNK = 200
_MAX_NAME = 300


def create_products(database: Database, names: Mapping[str, str]) -> int:
    """Create those of the products (key and name) that are missing; returns how many."""
    wanted = list(names)
    chunks = (wanted[start : start + _CHUNK] for start in range(0, len(wanted), _CHUNK))
    return sum(database.writing(partial(_create_some, keys=chunk, names=names)) for chunk in chunks)


def _create_some(session: Session, keys: Sequence[str], names: Mapping[str, str]) -> int:
    """Create the products that are missing; one that the shop refuses stays missing, and so do its rows."""
    known = queries.places(session, keys)
    missing = (key for key in keys if key not in known)
    outcomes = [products.record(session, draft_of(key, names[key])) for key in missing]
    return sum(not isinstance(outcome, Refusal) for outcome in outcomes)


def draft_of(key: str, name: str) -> ProductDraft:
    """The product that would be created for this key; the shop may still refuse it."""
    return ProductDraft(external_id=key, handle=_handle(key), name=name[:_MAX_NAME])


def _handle(key: str) -> str:
    slug = re.sub(r"[\W_]+", "-", key.lower()).strip("-")
    # keys that differ only in signs still get handles of their own
    plain = slug == key.lower()
    return slug if plain and slug else f"{slug or 'product'}-{hashlib.sha256(key.encode()).hexdigest()[:8]}"


def record_families(database: Database, plans: Sequence[FamilyPlan]) -> Refusal | None:
    """Record the planned families of those members that exist; the first that the shop refuses ends it."""
    for plan in plans:
        outcome = database.writing(partial(_record_family, plan=plan))
        if isinstance(outcome, Refusal):
            return outcome
    return None


def _record_family(session: Session, plan: FamilyPlan) -> int | Refusal:
    members = queries.places(session, plan.products)
    ids = tuple(members[key][0] for key in plan.products if key in members)
    return shop_families.record(session, FamilyDraft(external_id=plan.id, name=plan.name, product_ids=ids))
