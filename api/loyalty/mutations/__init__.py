"""What members and merchants do with points, an act a file. The list is part of the contract's Mutation."""

from typing import Any

from api.loyalty.mutations.accept_referral import accept_referral
from api.loyalty.mutations.accept_terms import accept_terms
from api.loyalty.mutations.adjust_points import adjust_points
from api.loyalty.mutations.cancel_membership import cancel_membership
from api.loyalty.mutations.change_earning_rule import change_earning_rule
from api.loyalty.mutations.change_membership_plan import change_membership_plan
from api.loyalty.mutations.change_plan import change_plan
from api.loyalty.mutations.change_terms import change_terms
from api.loyalty.mutations.change_tiers import change_tiers
from api.loyalty.mutations.close_program import close_program
from api.loyalty.mutations.commit_hold import commit_hold
from api.loyalty.mutations.consent_to_price import consent_to_price
from api.loyalty.mutations.create_plan import create_plan
from api.loyalty.mutations.create_program import create_program
from api.loyalty.mutations.create_program_from_preset import create_program_from_preset
from api.loyalty.mutations.create_referral import create_referral
from api.loyalty.mutations.decide_referral import decide_referral
from api.loyalty.mutations.end_program import end_program
from api.loyalty.mutations.enrol_members import enrol_members
from api.loyalty.mutations.grant_eligibility import grant_eligibility
from api.loyalty.mutations.invite_to_program import invite_to_program
from api.loyalty.mutations.join_program import join_program
from api.loyalty.mutations.leave_program import leave_program
from api.loyalty.mutations.manage_membership import manage_membership
from api.loyalty.mutations.pause_membership import pause_membership
from api.loyalty.mutations.publish_program import publish_program
from api.loyalty.mutations.record_benefit_use import record_benefit_use
from api.loyalty.mutations.record_payment import record_payment
from api.loyalty.mutations.record_payment_method import record_payment_method
from api.loyalty.mutations.record_referral_click import record_referral_click
from api.loyalty.mutations.record_visit import record_visit
from api.loyalty.mutations.redeem_reward import redeem_reward
from api.loyalty.mutations.refund_membership import refund_membership
from api.loyalty.mutations.reinstate_points import reinstate_points
from api.loyalty.mutations.release_hold import release_hold
from api.loyalty.mutations.reserve_points import reserve_points
from api.loyalty.mutations.resume_membership import resume_membership
from api.loyalty.mutations.set_referral_terms import set_referral_terms
from api.loyalty.mutations.start_membership import start_membership
from api.loyalty.mutations.transfer_points import transfer_points
from api.loyalty.mutations.use_reward import use_reward
from api.loyalty.mutations.write_off_deficit import write_off_deficit

LOYALTY_MUTATIONS: list[Any] = [
    accept_referral,
    accept_terms,
    adjust_points,
    cancel_membership,
    change_earning_rule,
    change_membership_plan,
    change_plan,
    change_terms,
    change_tiers,
    close_program,
    commit_hold,
    consent_to_price,
    create_plan,
    create_program,
    create_program_from_preset,
    create_referral,
    decide_referral,
    end_program,
    enrol_members,
    grant_eligibility,
    invite_to_program,
    join_program,
    leave_program,
    manage_membership,
    pause_membership,
    publish_program,
    record_benefit_use,
    record_payment,
    record_payment_method,
    record_referral_click,
    record_visit,
    redeem_reward,
    refund_membership,
    reinstate_points,
    release_hold,
    reserve_points,
    resume_membership,
    set_referral_terms,
    start_membership,
    transfer_points,
    use_reward,
    write_off_deficit,
]
