"""What a program's draft must look like. Each function gives the first Refusal, or None when all is well."""

import re
from collections.abc import Iterator
from itertools import pairwise
from zoneinfo import available_timezones

from sqlmodel import Session

from core import money
from core.money import MAX_AMOUNT_MINOR
from core.refusal import Refusal
from loyalty import earning
from loyalty.drafts import ProgramDraft, RateDraft, RewardDraft, RuleDraft, TierDraft
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import RewardKind
from shop import products

MAX_POINTS = 1_000_000
MAX_COST = 10**9
MAX_NAME = 120
MAX_PARTS = 50
MAX_MONTHS = 120
MAX_DAYS = 366
# from a hundredth to a hundredfold
MAX_MULTIPLIER = 1_000_000
MIN_MULTIPLIER = 100

_HANDLE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_MAX_HANDLE = 60

Path = tuple[str, ...]


def program(session: Session, draft: ProgramDraft) -> Refusal | None:
    """Checks the whole draft, parts included."""
    return next(_program_faults(session, draft), None)


def rule(draft: RuleDraft, path: Path) -> Refusal | None:
    """Checks a rule; `path` stands before the names of its fields."""
    return next(_rule_faults(draft, path), None)


def _program_faults(session: Session, draft: ProgramDraft) -> Iterator[Refusal]:
    if not _HANDLE.fullmatch(draft.handle) or len(draft.handle) > _MAX_HANDLE:
        yield Refusal(LoyaltyRefusal.INVALID_HANDLE, ("handle",))
    yield from _text(draft.name, ("name",))
    yield from _text(draft.terms_version, ("termsVersion",))
    yield from _currency(draft.currency, ("currency",))
    if draft.zone not in available_timezones():
        yield Refusal(LoyaltyRefusal.INVALID_ZONE, ("zone",))
    yield from _range(draft.pending_days, ("pendingDays",), 0, MAX_DAYS)
    yield from _range(draft.lot_months, ("lotMonths",), 0, MAX_MONTHS)
    yield from _range(draft.tier_window_months, ("tierWindowMonths",), 1, MAX_MONTHS)
    yield from _range(draft.tier_term_months, ("tierTermMonths",), 1, MAX_MONTHS)
    yield from _range(draft.tier_grace_days, ("tierGraceDays",), 0, MAX_DAYS)
    yield from _parts(session, draft)


def _parts(session: Session, draft: ProgramDraft) -> Iterator[Refusal]:
    sizes = {"rules": draft.rules, "tiers": draft.tiers, "rewards": draft.rewards, "rates": draft.rates}
    for name, parts in sizes.items():
        if len(parts) > MAX_PARTS:
            yield Refusal(LoyaltyRefusal.TOO_MANY, (name,), {"maximum": MAX_PARTS})
    if not draft.rules:
        yield Refusal(LoyaltyRefusal.REQUIRED, ("rules",))
    for index, each_rule in enumerate(draft.rules):
        yield from _rule_faults(each_rule, ("rules", str(index)))
    yield from _tiers(draft.tiers)
    names = {tier.name for tier in draft.tiers}
    for index, reward in enumerate(draft.rewards):
        yield from _reward(session, reward, names, ("rewards", str(index)))
    for index, rate in enumerate(draft.rates):
        yield from _rate(draft, rate, ("rates", str(index)))


def _rule_faults(draft: RuleDraft, path: Path) -> Iterator[Refusal]:
    least = 0 if draft.friend_points else 1
    yield from _range(draft.points, (*path, "points"), least, MAX_POINTS)
    yield from _range(draft.per_minor, (*path, "perMinor"), 1, MAX_AMOUNT_MINOR)
    yield from _range(draft.friend_points, (*path, "friendPoints"), 0, MAX_POINTS)
    yield from _range(draft.min_order_minor, (*path, "minOrderMinor"), 0, MAX_AMOUNT_MINOR)
    yield from _range(draft.member_limit, (*path, "memberLimit"), 1, MAX_POINTS)
    own = earning.of(draft.kind).refusal(draft)
    if own is not None:
        yield Refusal(own.code, (*path, *own.field), own.params)


def _tiers(tiers: tuple[TierDraft, ...]) -> Iterator[Refusal]:
    for index, tier in enumerate(tiers):
        path = ("tiers", str(index))
        yield from _text(tier.name, (*path, "name"))
        yield from _range(tier.threshold, (*path, "threshold"), 0, MAX_COST)
        multiplier = tier.multiplier_basis_points
        yield from _range(multiplier, (*path, "multiplierBasisPoints"), MIN_MULTIPLIER, MAX_MULTIPLIER)
        if tier.name in {other.name for other in tiers[:index]}:
            yield Refusal(LoyaltyRefusal.TIER_NAME_TAKEN, (*path, "name"), {"name": tier.name})
    for index, (lower, higher) in enumerate(pairwise(tiers), start=1):
        least = lower.threshold + 1
        yield from _range(higher.threshold, ("tiers", str(index), "threshold"), least, MAX_COST)


def _reward(session: Session, reward: RewardDraft, tiers: set[str], path: Path) -> Iterator[Refusal]:
    yield from _text(reward.name, (*path, "name"))
    yield from _range(reward.cost, (*path, "cost"), 1, MAX_COST)
    yield from _range(reward.amount_minor, (*path, "amountMinor"), 1, MAX_AMOUNT_MINOR)
    yield from _range(reward.percent, (*path, "percent"), 1, 100)
    yield from _range(reward.stock, (*path, "stock"), 0, MAX_COST)
    yield from _range(reward.member_limit, (*path, "memberLimit"), 1, MAX_COST)
    yield from _worth_of_kind(reward, path)
    if reward.tier is not None and reward.tier not in tiers:
        yield Refusal(LoyaltyRefusal.UNKNOWN_TIER, (*path, "tier"), {"name": reward.tier})
    if reward.product_id is not None and products.get(session, reward.product_id) is None:
        yield Refusal(LoyaltyRefusal.PRODUCT_NOT_FOUND, (*path, "productId"))


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
    yield from _range(rate.micros, (*path, "micros"), 1, MAX_AMOUNT_MINOR)
    others = [other.currency for other in draft.rates]
    if rate.currency == draft.currency or others.count(rate.currency) > 1:
        yield Refusal(LoyaltyRefusal.INVALID_CURRENCY, (*path, "currency"))


def _currency(code: str, path: Path) -> Iterator[Refusal]:
    if not money.is_currency(code):
        yield Refusal(LoyaltyRefusal.INVALID_CURRENCY, path)


def _text(text: str, path: Path) -> Iterator[Refusal]:
    if not text.strip():
        yield Refusal(LoyaltyRefusal.REQUIRED, path)
    if len(text) > MAX_NAME:
        yield Refusal(LoyaltyRefusal.TOO_LONG, path, {"maximum": MAX_NAME})
    # PostgreSQL keeps no NUL
    if "\x00" in text:
        yield Refusal(LoyaltyRefusal.INVALID_TEXT, path)


def _range(value: int | None, path: Path, minimum: int, maximum: int) -> Iterator[Refusal]:
    if value is not None and not minimum <= value <= maximum:
        yield Refusal(LoyaltyRefusal.OUT_OF_RANGE, path, {"minimum": minimum, "maximum": maximum})
