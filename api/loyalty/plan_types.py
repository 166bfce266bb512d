"""Plans of paid programs as the API shows them, to whoever may know the program. Who bought is paid_types'."""

from typing import TYPE_CHECKING, Annotated, cast

import strawberry

from api.audience import seen_by
from api.context import Info
from api.enums import described
from api.fields import field
from api.loyalty import loaders, paid_loaders
from api.loyalty.seeing import may_know
from api.nodes import Node
from api.root import node_type
from api.scalars import Money
from api.sharing import shared
from core import money
from core.identity import Permission
from loyalty import plans, tables
from loyalty.tables import EntitlementKind, PriceRise

if TYPE_CHECKING:
    from api.loyalty.program_types import Program

described(
    EntitlementKind,
    name="EntitlementKind",
    description="What a plan gives.",
    values={
        "FREE_SHIPPING": "Shipping for nothing.",
        "MEMBER_PRICE": "`amount` percent off.",
        "EARLY_ACCESS": "Offers `amount` minutes before everybody else.",
        "MULTIPLIER": "Points per amount times `amount` basis points; 20,000 is twice.",
        "CONTENT": "What `code` names.",
    },
)
described(
    PriceRise,
    name="PriceRise",
    description="What becomes of a member who has not consented to a higher price when the period ends.",
    values={
        "KEEP_OLD": "Renewed at the old price.",
        "END": "Not renewed, when they were told in time.",
    },
)


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="One thing that a plan gives.")
class PlanEntitlement:
    """A loyalty.plan_drafts.Entitlement."""

    kind: EntitlementKind = strawberry.field(description="What.")
    amount: int | None = strawberry.field(description="How much, by kind.")
    code: str | None = strawberry.field(description="CONTENT: which.")


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="What a paid membership can be bought as: a price for a number of months.")
class MembershipPlan(Node):
    """A loyalty.tables.MembershipPlan."""

    handle: str = strawberry.field(description="Its name in addresses; unique in its program.")
    name: str = strawberry.field(description="Its name for people.")
    months: int = strawberry.field(description="How many months the price is for.")
    trial_days: int = strawberry.field(description="Days before the first charge, once a person; 0: no trial.")
    eligibility: str | None = strawberry.field(description="What a customer must hold, as `student`; null: nothing.")
    warn_days: int = strawberry.field(description="Days before a charge on which the member is told.")
    grace_days: int = strawberry.field(description="Days that benefits last after a charge was refused.")
    retry_days: list[int] = strawberry.field(description="Days after a refused charge on which it is tried again.")
    price_rise: PriceRise = strawberry.field(description="What a higher price does without a member's consent.")
    active: bool = strawberry.field(description="Whether it can be started.")
    version: int = strawberry.field(description="1, then one more with each change.")

    @field(shared=True)
    async def price(self, info: Info) -> Money | None:
        """What the months cost, in the program's currency."""
        plan = cast("tables.MembershipPlan", self)
        program = await info.context.load(loaders.programs_by_ids, plan.program_id)
        return Money.of(money.Money(plan.price_minor, program.currency)) if program else None

    @field(shared=True)
    async def entitlements(self) -> list[PlanEntitlement]:
        """What it gives."""
        given = plans.given(cast("tables.MembershipPlan", self))
        return [PlanEntitlement(kind=each.kind, amount=each.amount, code=each.code) for each in given]

    @field(shared=True)
    async def program(self, info: Info) -> Annotated["Program", strawberry.lazy("api.loyalty.program_types")] | None:
        """The program whose plan it is."""
        found = await info.context.load(loaders.programs_by_ids, cast("tables.MembershipPlan", self).program_id)
        return cast("Program | None", found)


@node_type("MembershipPlan")
async def find_plan(info: Info, number: int) -> object | None:
    """Plans are as public as their program, those that cannot be started any more too."""
    plan = await info.context.load(paid_loaders.plans_by_ids, number)
    program = await info.context.load(loaders.programs_by_ids, plan.program_id) if plan is not None else None
    return plan if program is not None and await may_know(info, program) else None
