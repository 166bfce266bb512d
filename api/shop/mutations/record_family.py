"""recordFamily: say which products are variants of each other."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.shop.loaders import families_by_ids
from api.shop.types import ProductFamily
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from shop import families
from shop.families import FamilyDraft


@strawberry.input(description="A family, whole: a product that is not named leaves it.")
class RecordFamilyInput:
    """As shop.families.FamilyDraft."""

    external_id: str = strawberry.field(description="The shop's own id.")
    name: str = strawberry.field(description="What the variants are called together.")
    product_ids: list[strawberry.ID] = strawberry.field(description="The variants; each leaves its former family.")

    def draft(self) -> FamilyDraft:
        """As the room takes it."""
        numbers = tuple(id_or_none_such("Product", product_id) for product_id in self.product_ids)
        return FamilyDraft(external_id=self.external_id, name=self.name, product_ids=numbers)


@error_codes("Why recordFamily did nothing.")
class RecordFamilyErrorCode(Enum):
    """Every code of shop.families.record."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    TOO_MANY = "TOO_MANY"
    INVALID_TEXT = "INVALID_TEXT"
    PRODUCT_NOT_FOUND = "PRODUCT_NOT_FOUND"


@strawberry.type(description="What recordFamily answers.")
class RecordFamilyPayload:
    """The family, or why not."""

    family: ProductFamily | None = strawberry.field(description="The family.")
    user_errors: list[UserError[RecordFamilyErrorCode]] = strawberry.field(description="Empty when it was done.")


@mutation(requires=Permission.MANAGE_SHOP)
async def record_family(
    info: Info, input: RecordFamilyInput, idempotency_key: IdempotencyKey = None
) -> RecordFamilyPayload:
    """Create or change the family of this external id. Its products share their reviews from now on."""
    draft = input.draft()
    outcome = await write(info, input, idempotency_key, lambda session: families.record(session, draft))
    if isinstance(outcome, Refusal):
        return RecordFamilyPayload(family=None, user_errors=user_errors(info, RecordFamilyErrorCode, outcome))
    found = await info.context.load(families_by_ids, cast("int", outcome))
    return RecordFamilyPayload(family=cast("ProductFamily | None", found), user_errors=[])
