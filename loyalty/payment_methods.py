"""The cards that the shop's payment provider keeps for a customer, by its tokens. Only the shop's server names them."""

from dataclasses import dataclass

from sqlmodel import Session

from core import clock, db, ids
from core.refusal import Refusal
from loyalty import outcomes, trials
from loyalty.queries import paid as queries
from loyalty.queries import payments
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import PaidState, PaymentMethod
from shop import customers

MAX_REFERENCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodDraft:
    """A customer's method: the provider's token and what it gives the same card again. Not `active`: let it go."""

    customer_id: int
    reference: str
    fingerprint: str | None = None
    active: bool = True


def record(session: Session, draft: MethodDraft) -> int | Refusal:
    """Keep a method, the newest first to be charged, or let it go; returns the customer's id.

    Whoever owes a payment has the new one tried at once. Refuses CUSTOMER_NOT_FOUND, REQUIRED, TOO_LONG and
    INVALID_TEXT.
    """
    if customers.get(session, draft.customer_id) is None:
        return Refusal(LoyaltyRefusal.CUSTOMER_NOT_FOUND, ("customerId",))
    fault = _fault(draft.reference, "reference", required=True) or _fault(
        draft.fingerprint or "", "fingerprint", required=False
    )
    if fault is not None:
        return fault
    print_kept = trials.fingerprint(draft.fingerprint) if draft.fingerprint else None
    row = {
        "id": ids.new_id(),
        "customer_id": draft.customer_id,
        "reference": draft.reference,
        "fingerprint": print_kept,
        "active": draft.active,
        "created_at": clock.now(),
    }
    if not db.insert_once(session, PaymentMethod, row):
        known = queries.method(session, draft.customer_id, draft.reference)
        if known is not None:
            known.active, known.fingerprint = draft.active, print_kept or known.fingerprint
            session.add(known)
            session.flush()
    if draft.active:
        _retry(session, draft.customer_id)
    return draft.customer_id


def _retry(session: Session, customer_id: int) -> None:
    for found in queries.of_customer(session, customer_id):
        paid = queries.locked(session, found.id)
        if paid is not None and paid.state is PaidState.PAST_DUE and not payments.undecided(session, paid.id):
            paid.next_attempt_at = clock.now()
            outcomes.schedule(session, paid)


def _fault(text: str, field: str, *, required: bool) -> Refusal | None:
    if required and not text.strip():
        return Refusal(LoyaltyRefusal.REQUIRED, (field,))
    if len(text) > MAX_REFERENCE:
        return Refusal(LoyaltyRefusal.TOO_LONG, (field,), {"maximum": MAX_REFERENCE})
    return Refusal(LoyaltyRefusal.INVALID_TEXT, (field,)) if "\x00" in text else None
