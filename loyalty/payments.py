"""Ask the provider about one payment, outside any transaction, and keep what it says. Or take the shop's word.

- Whoever asks first takes the payment with one conditional UPDATE and charges it; everybody after looks it up by the
  attempt's id, and charges only what the provider never had. A worker that was killed between the call and the record
  is followed by one that asks what became of it.
- An outcome is kept once. Money is never taken for the same attempt twice, nor by two providers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from core import clock, ids
from core.money import Money
from core.refusal import Refusal
from loyalty import outcomes, payment_providers
from loyalty.payment_providers import Answer, Outcome, PaymentOrder, PaymentProvider
from loyalty.queries import paid as paid_queries
from loyalty.queries import payments as queries
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import MembershipPayment, PaymentKind, PaymentMethod, PaymentState

LEASE = timedelta(minutes=2)
_FIRST_WAIT = timedelta(minutes=5)
_LONGEST_WAIT = timedelta(hours=6)
MAX_REFERENCE = 200
MAX_FAILURE = 60


@dataclass(frozen=True, slots=True)
class Errand:
    """What its taker has to ask. `is_first`: nobody has asked before."""

    payment_id: int
    kind: PaymentKind
    order: PaymentOrder
    is_first: bool


def due(session: Session, *, limit: int) -> Sequence[int]:
    """Payments that somebody should ask about now. One statement."""
    return queries.due(session, now=clock.now(), limit=limit)


def take(session: Session, payment_id: int) -> Errand | None:
    """Be the one who asks; None when another is, when it is decided, or when it was another provider's."""
    payment = queries.fresh(session, payment_id)
    provider = payment_providers.chosen()
    now = clock.now()
    if payment is None or payment.ask_at is None or payment.ask_at > now:
        return None
    if payment.provider not in (None, provider.name):
        # asked of a provider that is no longer there: only the shop can tell (recordPayment)
        queries.wait(session, payment_id, until=None, reference=payment.reference)
        return None
    if not queries.take(session, payment, until=now + LEASE, provider=provider.name):
        return None
    return Errand(payment_id, payment.kind, _order(session, payment), is_first=payment.asks == 0)


def ask(errand: Errand, provider: PaymentProvider) -> Answer:
    """The provider's answer. No transaction may be open."""
    call = provider.refund if errand.kind is PaymentKind.REFUND else provider.charge
    if errand.is_first:
        return call(errand.order)
    known = provider.lookup(errand.order)
    return call(errand.order) if known.outcome is Outcome.NOT_FOUND else known


def record(session: Session, payment_id: int, answer: Answer) -> None:
    """Keep what the provider said, and what follows. An outcome that is there already stays."""
    if answer.outcome is Outcome.PAID:
        _decide(session, payment_id, PaymentState.PAID, reference=answer.reference, failure=None)
    elif answer.outcome is Outcome.DECLINED:
        _decide(session, payment_id, PaymentState.FAILED, reference=answer.reference, failure=answer.failure)
    else:
        payment = queries.fresh(session, payment_id)
        if payment is not None:
            again = min(_FIRST_WAIT * 2 ** min(payment.asks, 10), _LONGEST_WAIT)
            can_ask = payment_providers.chosen().can_look_up
            until = clock.now() + again if can_ask else None
            queries.wait(session, payment_id, until=until, reference=answer.reference)


@dataclass(frozen=True, slots=True)
class Reported:
    """What the shop says of a payment: its provider's name of it, and a short code of why it was refused."""

    is_paid: bool
    reference: str | None = None
    failure: str | None = None


def report(session: Session, payment_id: int, told: Reported) -> int | Refusal:
    """Take the shop's word for what became of a payment; returns its id. The same again is fine.

    A refund that was refused may be made by hand and told so. Refuses PAYMENT_NOT_FOUND, TOO_LONG, INVALID_TEXT, and
    CONFLICT: another outcome is known.
    """
    for field, text, most in (("reference", told.reference, MAX_REFERENCE), ("failure", told.failure, MAX_FAILURE)):
        if text is not None and len(text) > most:
            return Refusal(LoyaltyRefusal.TOO_LONG, (field,), {"maximum": most})
        if text is not None and "\x00" in text:
            return Refusal(LoyaltyRefusal.INVALID_TEXT, (field,))
    state = PaymentState.PAID if told.is_paid else PaymentState.FAILED
    if _decide(session, payment_id, state, reference=told.reference, failure=told.failure):
        return payment_id
    known = queries.fresh(session, payment_id)
    if known is None:
        return Refusal(LoyaltyRefusal.PAYMENT_NOT_FOUND, ("paymentId",))
    return payment_id if known.state is state else Refusal(LoyaltyRefusal.CONFLICT, ("paymentId",))


def _decide(
    session: Session, payment_id: int, state: PaymentState, *, reference: str | None, failure: str | None
) -> bool:
    payment = queries.fresh(session, payment_id)
    # the membership first: whatever else happens to it waits, or is waited for
    paid = paid_queries.locked(session, payment.paid_membership_id) if payment else None
    if paid is None or not queries.decide(
        session, payment_id, state, reference=reference, failure=failure, at=clock.now()
    ):
        return False
    decided = queries.fresh(session, payment_id)
    if decided is not None:
        settle = outcomes.has_paid if state is PaymentState.PAID else outcomes.has_failed
        settle(session, paid, decided)
    return True


def _order(session: Session, payment: MembershipPayment) -> PaymentOrder:
    method = session.get(PaymentMethod, payment.method_id) if payment.method_id else None
    return PaymentOrder(
        id=ids.to_public(MembershipPayment.type_name, payment.id),
        amount=Money(payment.amount_minor, payment.currency),
        method=method.reference if method else None,
        refund_of=ids.to_public(MembershipPayment.type_name, payment.refund_of_id) if payment.refund_of_id else None,
    )
