"""One trial a person: remembered by keyed hashes of account, e-mail and cards, which tell none of them."""

from datetime import timedelta

from sqlmodel import Session

from core import clock, db, signatures
from core.settings import settings
from loyalty.queries import paid as queries
from loyalty.tables import TrialUse
from shop import customers, email_matching

# long enough that nobody waits for it, and not for ever
REMEMBERED = timedelta(days=3 * 365)
_PURPOSE = "trial"


def was_had(session: Session, program_id: int, customer_id: int) -> bool:
    """Whether the person, their e-mail or one of their cards has had the program's trial."""
    return queries.had_trial(session, program_id, _pseudonyms(session, customer_id))


def claim(session: Session, program_id: int, customer_id: int) -> bool:
    """Use the person's one trial; False when another transaction was faster."""
    names = _pseudonyms(session, customer_id)
    row = {"program_id": program_id, "used_at": clock.now()}
    # all of them are tried: of two who share a card and start at once, one meets the other's row
    written = [db.insert_once(session, TrialUse, {**row, "pseudonym": name}) for name in names]
    return all(written)


def fingerprint(text: str) -> str:
    """What is kept of a card's fingerprint."""
    return signatures.pseudonym(settings().secret(), _PURPOSE, f"card:{text}")


def forget_old(session: Session) -> int:
    """Drop what is older than REMEMBERED; returns how much."""
    return queries.forget_trials(session, before=clock.now() - REMEMBERED)


def _pseudonyms(session: Session, customer_id: int) -> list[str]:
    customer = customers.get(session, customer_id)
    mailbox = email_matching.mailbox(customer.email) if customer and customer.email else None
    said = [f"customer:{customer_id}", *([f"email:{mailbox.address}"] if mailbox else [])]
    own = [signatures.pseudonym(settings().secret(), _PURPOSE, text) for text in said]
    cards = [method.fingerprint for method in queries.methods(session, customer_id) if method.fingerprint]
    return list(dict.fromkeys([*own, *cards]))
