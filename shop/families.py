"""Families: variants that share their reviews. What a variant is in itself is shop.products'."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session

from core import clock, ids
from core.refusal import Refusal
from shop import products, validation
from shop.queries import products as queries
from shop.refusals import ShopRefusal
from shop.tables import Family

MAX_MEMBERS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyDraft:
    """A family, whole: products that are not among `product_ids` leave it."""

    external_id: str
    name: str
    product_ids: tuple[int, ...]

    def refusal(self) -> Refusal | None:
        """What is wrong with the family, by the first field at fault."""
        return validation.first(
            validation.external_id(self.external_id, ("externalId",)),
            validation.text(self.name, ("name",), maximum=validation.MAX_NAME),
            validation.at_most(len(self.product_ids), MAX_MEMBERS, ("productIds",)),
        )


def record(session: Session, draft: FamilyDraft) -> int | Refusal:
    """Create or change the family of this external id; returns its id.

    A product is in one family at most and leaves its former one. Whoever joins, leaves or stays beside a newcomer shows
    other reviews from now on, so all of them get a new version; another name is a new version for its members.
    """
    refused = draft.refusal() or _missing(session, draft.product_ids)
    if refused is not None:
        return refused
    family, is_renamed = _family(session, draft)
    before, after = set(queries.members(session, family.id)), set(draft.product_ids)
    if before == after and not is_renamed:
        return family.id
    left_behind = _former_siblings(session, after - before)
    queries.set_family(session, sorted(before - after), None)
    queries.set_family(session, sorted(after), family.id)
    products.bump_versions(session, sorted(before | after | left_behind))
    return family.id


def by_ids(session: Session, family_ids: Sequence[int]) -> dict[int, Family]:
    """The families that exist, by id. One statement."""
    return {family.id: family for family in queries.families_by_ids(session, family_ids)}


def _family(session: Session, draft: FamilyDraft) -> tuple[Family, bool]:
    """The family under its name, and whether that is another than before."""
    family = queries.family_by_external_id(session, draft.external_id) or Family(
        id=ids.new_id(), external_id=draft.external_id, name=draft.name, created_at=clock.now()
    )
    is_renamed = family.name != draft.name
    family.name = draft.name
    session.add(family)
    session.flush()
    return family, is_renamed


def _missing(session: Session, product_ids: Sequence[int]) -> Refusal | None:
    for index, product_id in enumerate(product_ids):
        if products.get(session, product_id) is None:
            return Refusal(ShopRefusal.PRODUCT_NOT_FOUND, ("productIds", str(index)))
    return None


def _former_siblings(session: Session, joining: set[int]) -> set[int]:
    found: set[int] = set()
    for product_id in joining:
        found.update(queries.siblings(session, product_id))
    return found
