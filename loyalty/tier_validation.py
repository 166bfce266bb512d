"""What tiers and their terms must look like. The rest of a program's draft is loyalty.validation's."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from core.refusal import Refusal
from loyalty import bounds
from loyalty.bounds import Path
from loyalty.drafts import ProgramDraft, TierDraft
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import TierBasis, TierTerm, TierWindow

# what a client's Int holds with room to spare, in points as in minor units
MAX_THRESHOLD = 10**9
MAX_WARNINGS = 5
MAX_BENEFITS = 20
_MAX_YEARS = 10
_MONTHS_OF_YEAR = 12
_LONGEST_MONTH = 31
_A_DAY = 24 * 60
# from a hundredth to a hundredfold
_MAX_MULTIPLIER = 1_000_000
_MIN_MULTIPLIER = 100
_CODE = re.compile(r"[A-Z][A-Z0-9_]{0,59}")
# only these have a year that a term could end with
_YEARLY = (TierWindow.CALENDAR_YEAR, TierWindow.ANNIVERSARY)


def terms(draft: ProgramDraft) -> Iterator[Refusal]:
    """What counts, for how long a level lasts, and when members are warned."""
    yield from bounds.within(draft.tier_window_months, ("tierWindowMonths",), 1, bounds.MAX_MONTHS)
    yield from bounds.within(draft.tier_term_months, ("tierTermMonths",), 1, bounds.MAX_MONTHS)
    yield from bounds.within(draft.tier_term_years, ("tierTermYears",), 0, _MAX_YEARS)
    yield from bounds.within(draft.tier_term_month, ("tierTermMonth",), 1, _MONTHS_OF_YEAR)
    yield from bounds.within(draft.tier_term_day, ("tierTermDay",), 1, _LONGEST_MONTH)
    yield from bounds.within(draft.tier_grace_days, ("tierGraceDays",), 0, bounds.MAX_DAYS)
    if draft.tier_or_basis is draft.tier_basis:
        yield Refusal(LoyaltyRefusal.UNUSED_FIELD, ("tierOrBasis",))
    if draft.tier_term in (TierTerm.PERIOD_END, TierTerm.NEXT_PERIOD_END) and draft.tier_window not in _YEARLY:
        yield Refusal(LoyaltyRefusal.TERM_WITHOUT_YEAR, ("tierTerm",))
    if len(draft.tier_warning_days) > MAX_WARNINGS:
        yield Refusal(LoyaltyRefusal.TOO_MANY, ("tierWarningDays",), {"maximum": MAX_WARNINGS})
    for index, days in enumerate(draft.tier_warning_days):
        yield from bounds.within(days, ("tierWarningDays", str(index)), 1, bounds.MAX_DAYS)


def tiers(drafts: Sequence[TierDraft], or_basis: TierBasis | None) -> Iterator[Refusal]:
    """Lowest first, names of their own, thresholds rising."""
    for index, tier in enumerate(drafts):
        path = ("tiers", str(index))
        yield from _tier(tier, or_basis, path)
        if tier.name in {other.name for other in drafts[:index]}:
            yield Refusal(LoyaltyRefusal.TIER_NAME_TAKEN, (*path, "name"), {"name": tier.name})
    for index, (lower, higher) in enumerate(pairwise(drafts), start=1):
        path = ("tiers", str(index))
        yield from bounds.within(higher.threshold, (*path, "threshold"), lower.threshold + 1, MAX_THRESHOLD)
        if lower.or_threshold is not None:
            least = lower.or_threshold + 1
            yield from bounds.within(higher.or_threshold, (*path, "orThreshold"), least, MAX_THRESHOLD)


def _tier(tier: TierDraft, or_basis: TierBasis | None, path: Path) -> Iterator[Refusal]:
    yield from bounds.text(tier.name, (*path, "name"))
    yield from bounds.within(tier.threshold, (*path, "threshold"), 0, MAX_THRESHOLD)
    yield from bounds.within(tier.or_threshold, (*path, "orThreshold"), 1, MAX_THRESHOLD)
    if tier.or_threshold is not None and or_basis is None:
        yield Refusal(LoyaltyRefusal.UNUSED_FIELD, (*path, "orThreshold"))
    multiplier = tier.multiplier_basis_points
    yield from bounds.within(multiplier, (*path, "multiplierBasisPoints"), _MIN_MULTIPLIER, _MAX_MULTIPLIER)
    yield from bounds.within(tier.early_access_minutes, (*path, "earlyAccessMinutes"), 0, bounds.MAX_DAYS * _A_DAY)
    if len(tier.benefits) > MAX_BENEFITS:
        yield Refusal(LoyaltyRefusal.TOO_MANY, (*path, "benefits"), {"maximum": MAX_BENEFITS})
    for index, code in enumerate(tier.benefits):
        if not _CODE.fullmatch(code):
            yield Refusal(LoyaltyRefusal.INVALID_CODE, (*path, "benefits", str(index)))
