"""setReferralTerms: how a program treats its referrals."""

from enum import Enum

import strawberry

from api.context import Info
from api.enums import error_codes
from api.fields import mutation
from api.loyalty.referral_types import ReferralTerms
from api.nodes import id_or_none_such
from api.payloads import UserError, user_errors
from api.writing import IdempotencyKey, write
from core.identity import Permission
from core.refusal import Refusal
from loyalty import referral_terms
from loyalty.referral_signals import SignalName
from loyalty.referral_terms import TermsDraft
from loyalty.tables import Attribution


@strawberry.input(description="What one signal is to weigh.")
class ReferralWeightInput:
    """A weight."""

    signal: SignalName = strawberry.field(description="Which.")
    weight: int = strawberry.field(description="0 to 100; 0 leaves it out.")


@strawberry.input(description="All terms of a program's referrals; what is left out goes back to its default.")
class SetReferralTermsInput:
    """As loyalty.referral_terms.TermsDraft."""

    program_id: strawberry.ID = strawberry.field(description="The program.")
    hold_days: int = strawberry.field(default=0, description="The hold: the time in which orders come back.")
    window_days: int = strawberry.field(default=30, description="From a click to the acceptance.")
    attribution: Attribution = strawberry.field(default=Attribution.LAST_CLICK, description="Whose link counts.")
    order_days: int | None = strawberry.field(default=None, description="From the acceptance to the order.")
    qualifying_order: int = strawberry.field(default=1, description="Which paid order qualifies, 1 to 10.")
    friend_at_once: bool = strawberry.field(default=False, description="Reward the friend before the hold is over.")
    period_days: int = strawberry.field(default=30, description="Of how many days `periodLimit` speaks.")
    period_limit: int | None = strawberry.field(default=None, description="Rewards an advocate in a period.")
    budget_points: int | None = strawberry.field(default=None, description="Points for all referrals together.")
    share_points: int = strawberry.field(
        default=0, description="Points for each 10,000 minor units that a friend buys, for referrals from now on."
    )
    share_months: int | None = strawberry.field(default=None, description="For how many months; left out: no end.")
    review_from: int = strawberry.field(default=40, description="The score from which a person decides.")
    block_from: int = strawberry.field(default=80, description="The score from which a referral is rejected.")
    suspend_after: int | None = strawberry.field(default=3, description="Rejections until an advocate is suspended.")
    weights: list[ReferralWeightInput] = strawberry.field(
        default_factory=list, description="The signals that are to weigh something else than by default."
    )
    disposable_domains: list[str] = strawberry.field(
        default_factory=list, description="Throw-away mail domains besides our own list, up to 2,000."
    )
    trace_days: int = strawberry.field(default=90, description="How long hashes of connections are kept, to 730.")

    def draft(self) -> TermsDraft:
        """As the room takes it."""
        values = {name: value for name, value in vars(self).items() if name != "program_id"}
        values["weights"] = {each.signal: each.weight for each in self.weights}
        values["disposable_domains"] = tuple(self.disposable_domains)
        return TermsDraft(**values)


@error_codes("Why setReferralTerms did nothing.")
class SetReferralTermsErrorCode(Enum):
    """Every code of loyalty.referral_terms.change."""

    IDEMPOTENCY_CONFLICT = "IDEMPOTENCY_CONFLICT"
    PROGRAM_NOT_FOUND = "PROGRAM_NOT_FOUND"
    OUT_OF_RANGE = "OUT_OF_RANGE"
    TOO_MANY = "TOO_MANY"
    INVALID_TEXT = "INVALID_TEXT"


@strawberry.type(description="The program's terms for referrals.")
class SetReferralTermsPayload:
    """The terms, or why not."""

    terms: ReferralTerms | None = strawberry.field(description="As they are now.")
    user_errors: list[UserError[SetReferralTermsErrorCode]] = strawberry.field(description="Empty when they were set.")


@mutation(requires=Permission.MANAGE_LOYALTY)
async def set_referral_terms(
    info: Info, input: SetReferralTermsInput, idempotency_key: IdempotencyKey = None
) -> SetReferralTermsPayload:
    """Set hold, attribution, limits, share and weights of a program's referrals. What was rewarded stays so."""
    program_id, draft = id_or_none_such("Program", input.program_id), input.draft()
    outcome = await write(
        info, input, idempotency_key, lambda session: referral_terms.change(session, program_id, draft)
    )
    if isinstance(outcome, Refusal):
        return SetReferralTermsPayload(terms=None, user_errors=user_errors(info, SetReferralTermsErrorCode, outcome))
    row = await info.context.rooms.read(referral_terms.of, program_id)
    return SetReferralTermsPayload(terms=ReferralTerms.of(row), user_errors=[])
