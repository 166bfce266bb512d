"""recordVisit: nights, stays or visits that count toward tiers."""

from enum import Enum
from typing import cast

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.loaders import memberships_by_ids
from api.loyalty.types import Membership
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.scalars import DateTime
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import visits
from loyalty.visits import VisitDraft


@strawberry.input(description="A stay or visit as the shop knows it. Told again it replaces what was told.")
class RecordVisitInput:
    """As loyalty.visits.VisitDraft."""

    membership_id: strawberry.ID = strawberry.field(description="Whose.")
    source_id: str = strawberry.field(description="The shop's own id of the stay: it counts once.")
    count: int = strawberry.field(default=1, description="How many nights or visits; 0 takes them back.")
    at: DateTime = strawberry.field(description="When it was; it counts on that day.")


@error_codes("Why recordVisit did nothing.", UNUSED_FIELD="The program's tiers do not look at visits.")
class RecordVisitErrorCode(Enum):
    """Every code of loyalty.visits.record."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    MEMBERSHIP_NOT_FOUND = "MEMBERSHIP_NOT_FOUND"
    UNUSED_FIELD = "UNUSED_FIELD"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    REQUIRED = "REQUIRED"
    TOO_LONG = "TOO_LONG"
    INVALID_TEXT = "INVALID_TEXT"
    DATE_IN_FUTURE = "DATE_IN_FUTURE"


@strawberry.type(description="The membership after it.")
class RecordVisitPayload:
    """The membership, or why not."""

    membership: Membership | None = strawberry.field(description="With the tier it has now.")
    user_errors: list[UserError[RecordVisitErrorCode]] = strawberry.field(description="Empty when it was recorded.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def record_visit(
    info: Info, input: RecordVisitInput, idempotency_key: IdempotencyKey = None
) -> RecordVisitPayload:
    """Have nights, stays or visits count toward a member's tier. They give no points of their own."""
    member = id_or_none_such("Membership", input.membership_id)
    draft = VisitDraft(membership_id=member, source_id=input.source_id, count=input.count, at=input.at)
    outcome = await write(info, input, idempotency_key, lambda session: visits.record(session, draft))
    if isinstance(outcome, Refusal):
        return RecordVisitPayload(membership=None, user_errors=user_errors(info, RecordVisitErrorCode, outcome))
    found = await info.context.load(memberships_by_ids, cast("int", outcome))
    return RecordVisitPayload(membership=cast("Membership | None", found), user_errors=[])
