"""The cards that the shop's payment provider keeps for a customer, by its tokens. Only the shop's server names them."""

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


def record(
    session: Session, *, customer_id: int, reference: str, fingerprint: str | None, active: bool
) -> int | Refusal:
    """Keep a method, the newest first to be charged, or with `active` False let it go; returns the customer's id.

    Whoever owes a payment has the new one tried at once. Refuses CUSTOMER_NOT_FOUND, REQUIRED, TOO_LONG and
    INVALID_TEXT.
    """
    if customers.get(session, customer_id) is None:
        return Refusal(LoyaltyRefusal.CUSTOMER_NOT_FOUND, ("customerId",))
    fault = _fault(reference, "reference", required=True) or _fault(fingerprint or "", "fingerprint", required=False)
    if fault is not None:
        return fault
    print_kept = trials.fingerprint(fingerprint) if fingerprint else None
    row = {
        "id": ids.new_id(),
        "customer_id": customer_id,
        "reference": reference,
        "fingerprint": print_kept,
        "active": active,
        "created_at": clock.now(),
    }
    if not db.insert_once(session, PaymentMethod, row):
        known = queries.method(session, customer_id, reference)
        if known is not None:
            known.active, known.fingerprint = active, print_kept or known.fingerprint
            session.add(known)
            session.flush()
    if active:
        _retry(session, customer_id)
    return customer_id


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
