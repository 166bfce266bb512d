"""How a program treats its referrals: read with defaults, set by staff. The fields' meaning stands at the table."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from sqlmodel import Session

from core.refusal import Refusal
from loyalty.referral_signals import SIGNALS, SignalName
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Attribution, Program, ReferralTerms

MAX_DOMAINS = 2_000
_MAX_DOMAIN = 253
_MOST = 2**31 - 1
# field -> the least and the most; None is allowed where the default is None
_RANGES: dict[str, tuple[int, int]] = {
    "hold_days": (0, 365),
    "window_days": (1, 365),
    "order_days": (1, 3650),
    "qualifying_order": (1, 10),
    "period_days": (1, 366),
    "period_limit": (1, _MOST),
    "budget_points": (1, 10**15),
    "share_points": (0, 10_000),
    "share_months": (1, 1200),
    "review_from": (1, 1000),
    "block_from": (1, 1000),
    "suspend_after": (1, 1000),
    "trace_days": (1, 730),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsDraft:
    """All terms at once, as tables.ReferralTerms."""

    hold_days: int = 0
    window_days: int = 30
    attribution: Attribution = Attribution.LAST_CLICK
    order_days: int | None = None
    qualifying_order: int = 1
    friend_at_once: bool = False
    period_days: int = 30
    period_limit: int | None = None
    budget_points: int | None = None
    share_points: int = 0
    share_months: int | None = None
    review_from: int = 40
    block_from: int = 80
    suspend_after: int | None = 3
    weights: Mapping[SignalName, int] = field(default_factory=dict)
    disposable_domains: tuple[str, ...] = ()
    trace_days: int = 90


def of(session: Session, program_id: int) -> ReferralTerms:
    """The program's terms, its own or the defaults. At most one statement."""
    return session.get(ReferralTerms, program_id) or ReferralTerms(program_id=program_id)


def weights(terms: ReferralTerms) -> dict[SignalName, int]:
    """What each signal weighs in the program, heaviest by default first."""
    return {signal.name: terms.weights.get(signal.name, signal.weight) for signal in SIGNALS}


def change(session: Session, program_id: int, draft: TermsDraft) -> int | Refusal:
    """Replace the terms; referrals that were rewarded stay so. Returns the program's id.

    Refuses PROGRAM_NOT_FOUND; OUT_OF_RANGE of a number, of a weight outside 0 to 100, of a review that would begin
    above the block, and of a weight with which the IP address alone would block; TOO_MANY and INVALID_TEXT of domains.
    """
    if session.get(Program, program_id) is None:
        return Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))
    refused = _refusal(draft)
    if refused is not None:
        return refused
    values = asdict(draft)
    values["weights"] = {name.value: weight for name, weight in draft.weights.items()}
    values["disposable_domains"] = [domain.strip().lower() for domain in draft.disposable_domains]
    session.merge(ReferralTerms(program_id=program_id, **values))
    session.flush()
    return program_id


def _refusal(draft: TermsDraft) -> Refusal | None:
    for name, (least, most) in _RANGES.items():
        value = getattr(draft, name)
        if value is not None and not least <= value <= most:
            return _out_of_range(name, least, most)
    if draft.review_from > draft.block_from:
        return _out_of_range("review_from", 1, draft.block_from)
    return _weights_refusal(draft) or _domains_refusal(draft)


def _weights_refusal(draft: TermsDraft) -> Refusal | None:
    for name, weight in draft.weights.items():
        # families share an address: whatever a merchant sets, it takes a second signal to block
        most = min(100, draft.block_from - 1) if name is SignalName.SAME_IP else 100
        if not 0 <= weight <= most:
            return _out_of_range("weights", 0, most)
    if SignalName.SAME_IP not in draft.weights and draft.block_from <= _default(SignalName.SAME_IP):
        return _out_of_range("block_from", _default(SignalName.SAME_IP) + 1, 1000)
    return None


def _domains_refusal(draft: TermsDraft) -> Refusal | None:
    if len(draft.disposable_domains) > MAX_DOMAINS:
        return Refusal(LoyaltyRefusal.TOO_MANY, ("disposableDomains",), {"maximum": MAX_DOMAINS})
    for index, domain in enumerate(draft.disposable_domains):
        if not domain.strip() or len(domain) > _MAX_DOMAIN or not domain.isprintable():
            return Refusal(LoyaltyRefusal.INVALID_TEXT, ("disposableDomains", str(index)))
    return None


def _default(name: SignalName) -> int:
    return next(signal.weight for signal in SIGNALS if signal.name is name)


def _out_of_range(name: str, least: int, most: int) -> Refusal:
    first, *rest = name.split("_")
    path = (first + "".join(part.title() for part in rest),)
    return Refusal(LoyaltyRefusal.OUT_OF_RANGE, path, {"minimum": least, "maximum": most})
