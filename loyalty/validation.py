"""What a program's draft must look like. Each function gives the first Refusal, or None when all is well."""

import re
from calendar import monthrange
from collections.abc import Iterator
from zoneinfo import available_timezones

from sqlmodel import Session

from core import money
from core.money import MAX_AMOUNT_MINOR
from core.refusal import Refusal
from loyalty import ages, bounds, earning, tier_validation
from loyalty.bounds import Path
from loyalty.drafts import ProgramDraft, RateDraft, RewardDraft, RuleDraft
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import ProgramKind, RewardIssue, RewardKind, RoundUp
from shop import products

MAX_POINTS = 1_000_000
MAX_COST = 10**9
MAX_PARTS = 50
MAX_DATES = 20
# every month has it
MAX_ISSUE_DAY = 28
MAX_VALID_DAYS = 3_660

_HANDLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAX_HANDLE = 60
_DAY_OF_YEAR = re.compile(r"[0-9]{2}-[0-9]{2}")
_LEAP_YEAR = 2028


def program(session: Session, draft: ProgramDraft) -> Refusal | None:
    """Checks the whole draft, parts included."""
    return next(_program_faults(session, draft), None)


def rule(draft: RuleDraft, path: Path) -> Refusal | None:
    """Checks a rule; `path` stands before the names of its fields."""
    return next(_rule_faults(draft, path), None)


def _program_faults(session: Session, draft: ProgramDraft) -> Iterator[Refusal]:
    if not _HANDLE.fullmatch(draft.handle) or len(draft.handle) > _MAX_HANDLE:
        yield Refusal(LoyaltyRefusal.INVALID_HANDLE, ("handle",))
    yield from bounds.text(draft.name, ("name",))
    yield from bounds.text(draft.terms_version, ("termsVersion",))
    yield from _currency(draft.currency, ("currency",))
    if draft.zone not in available_timezones():
        yield Refusal(LoyaltyRefusal.INVALID_ZONE, ("zone",))
    yield from bounds.within(draft.minimum_age, ("minimumAge",), 1, ages.OLDEST_MINIMUM)
    yield from bounds.within(draft.pending_days, ("pendingDays",), 0, bounds.MAX_DAYS)
    yield from bounds.within(draft.lot_months, ("lotMonths",), 0, bounds.MAX_MONTHS)
    yield from _lives(draft)
    yield from bounds.within(draft.returned_days, ("returnedDays",), 0, bounds.MAX_DAYS)
    yield from bounds.within(draft.reinstate_days, ("reinstateDays",), 0, bounds.MAX_DAYS)
    yield from tier_validation.terms(draft)
    yield from _parts(session, draft)


def _lives(draft: ProgramDraft) -> Iterator[Refusal]:
    """How long points last: days or months, rounded up only where there are any, and real days of the year."""
    yield from bounds.within(draft.lot_days, ("lotDays",), 0, bounds.MAX_MONTHS * 31)
    if draft.lot_days is not None and draft.lot_months is not None:
        yield Refusal(LoyaltyRefusal.UNUSED_FIELD, ("lotDays",))
    if draft.lot_round_up is not None and draft.lot_days is None and draft.lot_months is None:
        yield Refusal(LoyaltyRefusal.UNUSED_FIELD, ("lotRoundUp",))
    yield from bounds.within(draft.lot_round_up_month, ("lotRoundUpMonth",), 1, 12)
    is_named = draft.lot_round_up is RoundUp.NAMED_MONTH
    if is_named and draft.lot_round_up_month is None:
        yield Refusal(LoyaltyRefusal.REQUIRED, ("lotRoundUpMonth",))
    if not is_named and draft.lot_round_up_month is not None:
        yield Refusal(LoyaltyRefusal.UNUSED_FIELD, ("lotRoundUpMonth",))
    if len(draft.expiry_dates) > MAX_DATES:
        yield Refusal(LoyaltyRefusal.TOO_MANY, ("expiryDates",), {"maximum": MAX_DATES})
    for index, text in enumerate(draft.expiry_dates):
        if not _is_day_of_year(text):
            yield Refusal(LoyaltyRefusal.INVALID_DAY, ("expiryDates", str(index)))


def _is_day_of_year(text: str) -> bool:
    """As in 06-30; 02-29 too."""
    if not _DAY_OF_YEAR.fullmatch(text):
        return False
    month, day = int(text[:2]), int(text[3:])
    return 1 <= month <= 12 and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]


def _parts(session: Session, draft: ProgramDraft) -> Iterator[Refusal]:
    sizes = {
        "rules": draft.rules,
        "tiers": draft.tiers,
        "rewards": draft.rewards,
        "rates": draft.rates,
        "plans": draft.plans,
    }
    for name, parts in sizes.items():
        if len(parts) > MAX_PARTS:
            yield Refusal(LoyaltyRefusal.TOO_MANY, (name,), {"maximum": MAX_PARTS})
    # members of a paid program may get what their plan gives and no points
    if not draft.rules and draft.kind is not ProgramKind.PAID:
        yield Refusal(LoyaltyRefusal.REQUIRED, ("rules",))
    for index, each_rule in enumerate(draft.rules):
        yield from _rule_faults(each_rule, ("rules", str(index)))
    yield from tier_validation.tiers(draft.tiers, draft.tier_or_basis)
    names = {tier.name for tier in draft.tiers}
    for index, reward in enumerate(draft.rewards):
        yield from _reward(session, reward, names, ("rewards", str(index)))
    yield from _plans(draft)
    for index, rate in enumerate(draft.rates):
        yield from _rate(draft, rate, ("rates", str(index)))


def _plans(draft: ProgramDraft) -> Iterator[Refusal]:
    if draft.plans and draft.kind is not ProgramKind.PAID:
        yield Refusal(LoyaltyRefusal.WRONG_KIND, ("kind",))
    handles = [plan.handle for plan in draft.plans]
    for index, plan in enumerate(draft.plans):
        path = ("plans", str(index))
        if handles.index(plan.handle) < index:
            yield Refusal(LoyaltyRefusal.PLAN_HANDLE_TAKEN, (*path, "handle"))
        yield from (Refusal(fault.code, (*path, *fault.field), fault.params) for fault in plan.faults())


def _rule_faults(draft: RuleDraft, path: Path) -> Iterator[Refusal]:
    least = 0 if draft.friend_points else 1
    yield from bounds.within(draft.points, (*path, "points"), least, MAX_POINTS)
    yield from bounds.within(draft.per_minor, (*path, "perMinor"), 1, MAX_AMOUNT_MINOR)
    yield from bounds.within(draft.friend_points, (*path, "friendPoints"), 0, MAX_POINTS)
    yield from bounds.within(draft.min_order_minor, (*path, "minOrderMinor"), 0, MAX_AMOUNT_MINOR)
    yield from bounds.within(draft.member_limit, (*path, "memberLimit"), 1, MAX_POINTS)
    own = earning.of(draft.kind).refusal(draft)
    if own is not None:
        yield Refusal(own.code, (*path, *own.field), own.params)


def _reward(session: Session, reward: RewardDraft, tiers: set[str], path: Path) -> Iterator[Refusal]:
    yield from bounds.text(reward.name, (*path, "name"))
    yield from bounds.within(reward.cost, (*path, "cost"), 1, MAX_COST)
    yield from bounds.within(reward.amount_minor, (*path, "amountMinor"), 1, MAX_AMOUNT_MINOR)
    yield from bounds.within(reward.percent, (*path, "percent"), 1, 100)
    yield from bounds.within(reward.stock, (*path, "stock"), 0, MAX_COST)
    yield from bounds.within(reward.member_limit, (*path, "memberLimit"), 1, MAX_COST)
    yield from bounds.within(reward.issue_day, (*path, "issueDay"), 1, MAX_ISSUE_DAY)
    yield from bounds.within(reward.valid_days, (*path, "validDays"), 1, MAX_VALID_DAYS)
    yield from _worth_of_kind(reward, path)
    yield from _day_of_issue(reward, path)
    if reward.tier is not None and reward.tier not in tiers:
        yield Refusal(LoyaltyRefusal.UNKNOWN_TIER, (*path, "tier"), {"name": reward.tier})
    if reward.product_id is not None and products.get(session, reward.product_id) is None:
        yield Refusal(LoyaltyRefusal.PRODUCT_NOT_FOUND, (*path, "productId"))


def _day_of_issue(reward: RewardDraft, path: Path) -> Iterator[Refusal]:
    is_monthly = reward.issue is RewardIssue.MONTHLY
    if is_monthly and reward.issue_day is None:
        yield Refusal(LoyaltyRefusal.REQUIRED, (*path, "issueDay"))
    if not is_monthly and reward.issue_day is not None:
        yield Refusal(LoyaltyRefusal.UNUSED_FIELD, (*path, "issueDay"))


def _worth_of_kind(reward: RewardDraft, path: Path) -> Iterator[Refusal]:
    """The one field that the reward's kind needs, and none of the others."""
    needed = {
        RewardKind.FIXED_AMOUNT: "amountMinor",
        RewardKind.PERCENT: "percent",
        RewardKind.FREE_PRODUCT: "productId",
    }.get(reward.kind)
    given = {"amountMinor": reward.amount_minor, "percent": reward.percent, "productId": reward.product_id}
    for field, value in given.items():
        if field == needed and value is None:
            yield Refusal(LoyaltyRefusal.REQUIRED, (*path, field))
        if field != needed and value is not None:
            yield Refusal(LoyaltyRefusal.UNUSED_FIELD, (*path, field))


def _rate(draft: ProgramDraft, rate: RateDraft, path: Path) -> Iterator[Refusal]:
    yield from _currency(rate.currency, (*path, "currency"))
    yield from bounds.within(rate.micros, (*path, "micros"), 1, MAX_AMOUNT_MINOR)
    others = [other.currency for other in draft.rates]
    if rate.currency == draft.currency or others.count(rate.currency) > 1:
        yield Refusal(LoyaltyRefusal.INVALID_CURRENCY, (*path, "currency"))


def _currency(code: str, path: Path) -> Iterator[Refusal]:
    if not money.is_currency(code):
        yield Refusal(LoyaltyRefusal.INVALID_CURRENCY, path)
