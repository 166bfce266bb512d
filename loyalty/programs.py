"""Set up programs and change their rules. What a draft must look like is validation's, what follows lifecycle's."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from core import clock, db, ids, outbox
from core.outbox import Payload
from core.refusal import Refusal
from loyalty import bounds, plans, validation
from loyalty.drafts import ProgramDraft, RuleDraft, TierDraft
from loyalty.events import LoyaltyEvent
from loyalty.queries import programs as queries
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import EarningRule, Program, ProgramRate, ProgramState, ProgramTerms, Reward, Tier


def create(session: Session, draft: ProgramDraft) -> int | Refusal:
    """Create a program, live from now on unless it is to be a draft; returns its id.

    Refuses HANDLE_TAKEN, and what loyalty.validation refuses, with the path of the field that has to change.
    """
    refused = refusal(session, draft)
    if refused is not None:
        return refused
    now = clock.now()
    program = _program(draft, now)
    session.add(program)
    session.flush()
    session.add(ProgramTerms(program_id=program.id, version=draft.terms_version, starts_at=now))
    for rate in draft.rates:
        session.add(ProgramRate(program_id=program.id, currency=rate.currency, starts_at=now, micros=rate.micros))
    for rule in draft.rules:
        session.add(_rule(program.id, rule, at=now))
    tiers = _add_tiers(session, program.id, draft)
    _add_rewards(session, program.id, draft, tiers)
    session.flush()
    for plan in draft.plans:
        plans.add(session, program.id, plan)
    return program.id


def refusal(session: Session, draft: ProgramDraft) -> Refusal | None:
    """Why `create` would refuse the draft; None: it would not."""
    refused = validation.program(session, draft)
    if refused is not None:
        return refused
    if queries.by_handle(session, draft.handle) is not None:
        return Refusal(LoyaltyRefusal.HANDLE_TAKEN, ("handle",))
    return None


def change_rule(session: Session, rule_id: int, draft: RuleDraft) -> int | Refusal:
    """End a rule's present version and start the next; returns that version's id.

    Orders keep the versions they earned by. Refuses RULE_NOT_FOUND, CONFLICT (it has been changed meanwhile, or the
    kind is another), and what loyalty.validation refuses.
    """
    present = session.get(EarningRule, rule_id)
    if present is None:
        return Refusal(LoyaltyRefusal.RULE_NOT_FOUND, ("ruleId",))
    refused = validation.rule(draft, ())
    if refused is not None:
        return refused
    now = clock.now()
    if draft.kind is not present.kind or not queries.end_rule(session, rule_id, now):
        return Refusal(LoyaltyRefusal.CONFLICT, ("ruleId",))
    following = _rule(present.program_id, draft, at=now)
    following.lineage_id, following.version = present.lineage_id, present.version + 1
    session.add(following)
    session.flush()
    return following.id


def change_terms(session: Session, program_id: int, version: str) -> int | Refusal:
    """From now on joining agrees to these terms; returns the program's id.

    Members keep the terms they agreed to until they agree to the new ones: nothing of theirs changes by it. Refuses
    PROGRAM_NOT_FOUND, TERMS_VERSION_TAKEN (the program has or had that version), and a text that is none.
    """
    program = session.get(Program, program_id)
    if program is None:
        return Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))
    refused = next(bounds.text(version, ("termsVersion",)), None)
    if refused is not None:
        return refused
    row = {"program_id": program_id, "version": version, "starts_at": clock.now()}
    if not db.insert_once(session, ProgramTerms, row):
        return Refusal(LoyaltyRefusal.TERMS_VERSION_TAKEN, ("termsVersion",), {"version": version})
    queries.set_terms(session, program_id, version)
    session.expire(program)
    payload: Payload = {"programId": program_id, "termsVersion": version}
    outbox.record(session, LoyaltyEvent.TERMS_CHANGED, aggregate=("Program", program_id), payload=payload)
    return program_id


def _program(draft: ProgramDraft, now: datetime) -> Program:
    return Program(
        id=ids.new_id(),
        handle=draft.handle,
        name=draft.name,
        kind=draft.kind,
        state=ProgramState.DRAFT if draft.is_draft else ProgramState.LIVE,
        currency=draft.currency,
        zone=draft.zone,
        rounding=draft.rounding,
        clawback=draft.clawback,
        pending_days=draft.pending_days,
        lot_days=draft.lot_days,
        lot_round_up=draft.lot_round_up,
        lot_round_up_month=draft.lot_round_up_month,
        expiry_dates=list(draft.expiry_dates),
        refund_method=draft.refund_method,
        returned_days=draft.returned_days,
        reinstate_days=draft.reinstate_days,
        lot_months=draft.lot_months,
        tier_window_months=draft.tier_window_months,
        tier_term_months=draft.tier_term_months,
        tier_grace_days=draft.tier_grace_days,
        tier_fall=draft.tier_fall,
        tier_basis=draft.tier_basis,
        tier_or_basis=draft.tier_or_basis,
        tier_window=draft.tier_window,
        tier_term=draft.tier_term,
        tier_term_years=draft.tier_term_years,
        tier_term_month=draft.tier_term_month,
        tier_term_day=draft.tier_term_day,
        tier_warning_days=sorted(draft.tier_warning_days, reverse=True),
        terms_version=draft.terms_version,
        preset=draft.preset,
        created_at=now,
        minimum_age=draft.minimum_age,
    )


def _rule(program_id: int, draft: RuleDraft, *, at: datetime) -> EarningRule:
    rule_id = ids.new_id()
    return EarningRule(
        id=rule_id,
        lineage_id=rule_id,
        version=1,
        program_id=program_id,
        kind=draft.kind,
        points=draft.points,
        per_minor=draft.per_minor,
        friend_points=draft.friend_points,
        min_order_minor=draft.min_order_minor,
        member_limit=draft.member_limit,
        starts_at=at,
    )


def _add_tiers(session: Session, program_id: int, draft: ProgramDraft) -> Sequence[Tier]:
    tiers = [tier_of(program_id, position, tier) for position, tier in enumerate(draft.tiers)]
    session.add_all(tiers)
    session.flush()
    return tiers


def tier_of(program_id: int, position: int, draft: TierDraft) -> Tier:
    """A new tier, as the draft says, in its place."""
    return Tier(
        id=ids.new_id(),
        program_id=program_id,
        name=draft.name,
        position=position,
        threshold=draft.threshold,
        or_threshold=draft.or_threshold,
        multiplier_basis_points=draft.multiplier_basis_points,
        never_downgrade=draft.never_downgrade,
        benefits=list(draft.benefits),
        early_access_minutes=draft.early_access_minutes,
    )


def _add_rewards(session: Session, program_id: int, draft: ProgramDraft, tiers: Sequence[Tier]) -> None:
    tier_ids = {tier.name: tier.id for tier in tiers}
    for reward in draft.rewards:
        session.add(
            Reward(
                id=ids.new_id(),
                program_id=program_id,
                name=reward.name,
                kind=reward.kind,
                cost=reward.cost,
                amount_minor=reward.amount_minor,
                percent=reward.percent,
                product_id=reward.product_id,
                stock=reward.stock,
                member_limit=reward.member_limit,
                tier_id=None if reward.tier is None else tier_ids[reward.tier],
                issue=reward.issue,
                issue_day=reward.issue_day,
                valid_days=reward.valid_days,
            )
        )
