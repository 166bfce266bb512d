"""A program explained to whoever reads about it: how to earn, how to spend, its tiers, when points end. Codes only.

The sentences are the catalogue's, by `explain.<code>`: a new kind of rule or reward needs its sentence there. What one
member's points come from is loyalty.explanation's.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.money import Money
from core.refusal import Param
from loyalty import lifecycle, periods
from loyalty.amounts import ONCE
from loyalty.ladder import needs, needs_nothing
from loyalty.tables import EarningRule, Program, Reward, RewardIssue, RuleKind, Tier, TierTerm, TierWindow


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence: its code and what it needs."""

    code: str
    params: Mapping[str, Param]


@dataclass(frozen=True, slots=True)
class Explainer:
    """A program's four questions, each answered by sentences in their order."""

    earn: tuple[Said, ...]
    spend: tuple[Said, ...]
    tiers: tuple[Said, ...]
    expiry: tuple[Said, ...]


def explain(
    program: Program, rules: Sequence[EarningRule], tiers: Sequence[Tier], rewards: Sequence[Reward]
) -> Explainer:
    """The program by the rules, tiers and rewards that hold now. Pure: no session."""
    return Explainer(
        earn=(*(said for rule in rules for said in _rule(program, rule)), *(_pending(program) if rules else ())),
        spend=tuple(said for reward in rewards for said in _reward(program, reward, tiers)),
        tiers=(*(said for tier in tiers for said in _tier(program, tier)), *(_terms(program) if tiers else ())),
        expiry=tuple(_expiry(program)),
    )


def text_key(code: str) -> str:
    """The key of the code's sentence in the room's catalogue."""
    return f"explain.{code}"


def _rule(program: Program, rule: EarningRule) -> Iterator[Said]:
    params: dict[str, Param] = {"count": rule.points, "friend": rule.friend_points}
    code = f"earn.{rule.kind}"
    if rule.kind is RuleKind.ORDER_SPEND and rule.per_minor is None:
        code = "earn.EACH_ORDER"
    elif rule.per_minor is not None:
        params["amount"] = Money(rule.per_minor, program.currency)
    yield Said(code, params)
    if rule.min_order_minor:
        yield Said("earn.MINIMUM", {"amount": Money(rule.min_order_minor, program.currency)})
    if rule.member_limit is not None:
        yield Said("earn.LIMIT", {"count": rule.member_limit})


def _pending(program: Program) -> Iterator[Said]:
    if program.pending_days:
        yield Said("earn.PENDING", {"count": program.pending_days})


def _reward(program: Program, reward: Reward, tiers: Sequence[Tier]) -> Iterator[Said]:
    params: dict[str, Param] = {"count": reward.cost, "reward": reward.name, "percent": reward.percent or 0}
    params["amount"] = Money(reward.amount_minor or 0, program.currency)
    yield Said(f"spend.{reward.kind}", params)
    if reward.issue is not RewardIssue.ON_REQUEST:
        yield Said(f"spend.{reward.issue}", {"reward": reward.name, "day": reward.issue_day or 0})
    if reward.valid_days is not None:
        yield Said("spend.VALID", {"reward": reward.name, "count": reward.valid_days})
    gate = next((tier for tier in tiers if tier.id == reward.tier_id), None)
    if gate is not None and not needs_nothing(gate):
        yield Said("spend.GATED", {"reward": reward.name, "tier": gate.name})


def _tier(program: Program, tier: Tier) -> Iterator[Said]:
    if needs_nothing(tier):
        yield Said("tier.EVERYBODY", {"tier": tier.name})
    else:
        for basis, amount in needs(program, tier).items():
            params: dict[str, Param] = {"count": amount, "amount": Money(amount, program.currency)}
            yield Said(f"tier.{basis}", {"tier": tier.name, **params})
    if tier.multiplier_basis_points != ONCE:
        whole, rest = divmod(tier.multiplier_basis_points, 100)
        percent: Param = f"{whole}.{rest:02}" if rest else whole
        yield Said("tier.MULTIPLIER", {"tier": tier.name, "percent": percent})
    if tier.early_access_minutes:
        yield Said("tier.EARLY", {"tier": tier.name, "count": tier.early_access_minutes})
    if tier.never_downgrade:
        yield Said("tier.FOR_LIFE", {"tier": tier.name})


def _terms(program: Program) -> Iterator[Said]:
    is_rolling = program.tier_window is TierWindow.ROLLING
    yield Said(f"window.{program.tier_window}", {"count": program.tier_window_months} if is_rolling else {})
    match program.tier_term:
        case TierTerm.MONTHS:
            yield Said("term.MONTHS", {"count": program.tier_term_months})
        case TierTerm.YEARLY_DATE:
            yield Said(
                "term.YEARLY_DATE",
                {"count": program.tier_term_years, "day": program.tier_term_day, "month": program.tier_term_month},
            )
        case TierTerm.PERIOD_END | TierTerm.NEXT_PERIOD_END:
            yield Said(f"term.{program.tier_term}", {})
    if program.tier_grace_days:
        yield Said("term.GRACE", {"count": program.tier_grace_days})


def _expiry(program: Program) -> Iterator[Said]:
    if program.lot_months is None:
        yield Said("expiry.NEVER", {})
    else:
        yield Said("expiry.MONTHS", {"count": program.lot_months})
    last_day = lifecycle.last_day(program)
    if last_day is not None:
        yield Said("expiry.CLOSING", {"date": periods.noon_of(last_day, program.zone)})
