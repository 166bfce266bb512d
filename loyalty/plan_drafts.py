"""What a merchant asks for when setting up a plan, and what it must look like. Keeping it is loyalty.plans'."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from core.money import MAX_AMOUNT_MINOR
from core.refusal import Refusal
from loyalty import bounds
from loyalty.bounds import MAX_DAYS, MAX_MONTHS, Path
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import EntitlementKind, PriceRise

MAX_ENTITLEMENTS = 20
MAX_RETRIES = 10
_CODE = re.compile(r"[a-z0-9]+([-_.][a-z0-9]+)*")
_MAX_CODE = 60
_TERMS = ("terms",)
# what `amount` may be, by kind; None: there is none
_AMOUNTS = {
    EntitlementKind.MEMBER_PRICE: (1, 100),
    EntitlementKind.EARLY_ACCESS: (1, 100_000),
    EntitlementKind.MULTIPLIER: (10_001, 1_000_000),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Entitlement:
    """One benefit; what `amount` means by kind stands with EntitlementKind. CONTENT has a `code` instead."""

    kind: EntitlementKind
    amount: int | None = None
    code: str | None = None

    @property
    def benefit(self) -> str:
        """By what its use is noted: the kind, and for content which."""
        return f"{self.kind.value}:{self.code}" if self.code else self.kind.value

    def stored(self) -> dict[str, str | int | None]:
        """As the plan keeps it."""
        return {"kind": self.kind.value, "amount": self.amount, "code": self.code}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanTerms:
    """What of a plan can change later; what it means stands with loyalty.tables.MembershipPlan."""

    name: str
    price_minor: int
    trial_days: int = 0
    eligibility: str | None = None
    warn_days: int = 7
    grace_days: int = 7
    retry_days: tuple[int, ...] = (1, 3, 5, 7)
    price_rise: PriceRise = PriceRise.KEEP_OLD
    entitlements: tuple[Entitlement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlan:
    """A plan of a program that may not be there yet: its terms, and what stays."""

    handle: str
    months: int
    terms: PlanTerms

    def refusal(self) -> Refusal | None:
        """The first fault."""
        return next(self.faults(), None)

    def faults(self) -> Iterator[Refusal]:
        """Every fault, by its field."""
        if not _CODE.fullmatch(self.handle) or len(self.handle) > _MAX_CODE:
            yield Refusal(LoyaltyRefusal.INVALID_HANDLE, ("handle",))
        yield from bounds.within(self.months, ("months",), 1, MAX_MONTHS)
        yield from faults(self.terms)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanDraft(NewPlan):
    """A plan of a program."""

    program_id: int


def faults(terms: PlanTerms) -> Iterator[Refusal]:
    """What is wrong with a plan's terms."""
    yield from bounds.text(terms.name, (*_TERMS, "name"))
    yield from bounds.within(terms.price_minor, (*_TERMS, "priceMinor"), 1, MAX_AMOUNT_MINOR)
    for field, days in (
        ("trialDays", terms.trial_days),
        ("warnDays", terms.warn_days),
        ("graceDays", terms.grace_days),
    ):
        yield from bounds.within(days, (*_TERMS, field), 0, MAX_DAYS)
    if terms.eligibility is not None and not _is_code(terms.eligibility):
        yield Refusal(LoyaltyRefusal.INVALID_CODE, (*_TERMS, "eligibility"))
    if len(terms.retry_days) > MAX_RETRIES:
        yield Refusal(LoyaltyRefusal.TOO_MANY, (*_TERMS, "retryDays"), {"maximum": MAX_RETRIES})
    for index, (before, day) in enumerate(pairwise((0, *terms.retry_days))):
        yield from bounds.within(day, (*_TERMS, "retryDays", str(index)), before + 1, MAX_DAYS)
    if len(terms.entitlements) > MAX_ENTITLEMENTS:
        yield Refusal(LoyaltyRefusal.TOO_MANY, (*_TERMS, "entitlements"), {"maximum": MAX_ENTITLEMENTS})
    for index, entitlement in enumerate(terms.entitlements):
        yield from _entitlement(entitlement, (*_TERMS, "entitlements", str(index)))


def _entitlement(given: Entitlement, path: Path) -> Iterator[Refusal]:
    amounts = _AMOUNTS.get(given.kind)
    if amounts is None and given.amount is not None:
        yield Refusal(LoyaltyRefusal.UNUSED_FIELD, (*path, "amount"))
    if amounts is not None and given.amount is None:
        yield Refusal(LoyaltyRefusal.REQUIRED, (*path, "amount"))
    if amounts is not None:
        yield from bounds.within(given.amount, (*path, "amount"), *amounts)
    has_code = given.kind is EntitlementKind.CONTENT
    if given.code is not None and not has_code:
        yield Refusal(LoyaltyRefusal.UNUSED_FIELD, (*path, "code"))
    if has_code and given.code is None:
        yield Refusal(LoyaltyRefusal.REQUIRED, (*path, "code"))
    if has_code and given.code is not None and not _is_code(given.code):
        yield Refusal(LoyaltyRefusal.INVALID_CODE, (*path, "code"))


def is_attribute(text: str) -> bool:
    """Whether `text` can name an attribute that plans ask for."""
    return _is_code(text)


def _is_code(text: str) -> bool:
    return len(text) <= _MAX_CODE and _CODE.fullmatch(text) is not None
