"""What staff and the shop's server see of a customer: methods on file, attributes held. Payments are paid_types'."""

import strawberry

from api.audience import seen_by
from api.scalars import DateTime
from core.identity import Permission


@seen_by(Permission.MANAGE_LOYALTY)
@strawberry.type(description="Something that a customer can be charged by: a token of the shop's payment provider.")
class PaymentMethod:
    """A loyalty.tables.PaymentMethod."""

    reference: str = strawberry.field(description="The token.")
    created_at: DateTime = strawberry.field(description="When it was put on file.")


@seen_by(Permission.MANAGE_LOYALTY)
@strawberry.type(description="An attribute that a customer holds, such as `student`.")
class Eligibility:
    """A loyalty.tables.PlanEligibility."""

    attribute: str = strawberry.field(description="What.")
    until: DateTime = strawberry.field(description="To when.")
