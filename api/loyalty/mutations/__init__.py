"""What members and merchants do with points, an act a file. The list is part of the contract's Mutation."""

from typing import Any

from api.loyalty.mutations.accept_referral import accept_referral
from api.loyalty.mutations.accept_terms import accept_terms
from api.loyalty.mutations.adjust_points import adjust_points
from api.loyalty.mutations.change_earning_rule import change_earning_rule
from api.loyalty.mutations.change_terms import change_terms
from api.loyalty.mutations.change_tiers import change_tiers
from api.loyalty.mutations.close_program import close_program
from api.loyalty.mutations.create_program import create_program
from api.loyalty.mutations.create_program_from_preset import create_program_from_preset
from api.loyalty.mutations.create_referral import create_referral
from api.loyalty.mutations.end_program import end_program
from api.loyalty.mutations.invite_to_program import invite_to_program
from api.loyalty.mutations.join_program import join_program
from api.loyalty.mutations.leave_program import leave_program
from api.loyalty.mutations.publish_program import publish_program
from api.loyalty.mutations.record_visit import record_visit
from api.loyalty.mutations.redeem_reward import redeem_reward
from api.loyalty.mutations.use_reward import use_reward

LOYALTY_MUTATIONS: list[Any] = [
    accept_referral,
    accept_terms,
    adjust_points,
    change_earning_rule,
    change_terms,
    change_tiers,
    close_program,
    create_program,
    create_program_from_preset,
    create_referral,
    end_program,
    invite_to_program,
    join_program,
    leave_program,
    publish_program,
    record_visit,
    redeem_reward,
    use_reward,
]
