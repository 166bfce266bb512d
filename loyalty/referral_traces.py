"""What is remembered of members to tell whether two are one: keyed hashes that tell nothing by themselves.

IP addresses, devices, payments and postal addresses are forgotten after the program's `trace_days`; the hash of the
mailbox stays as long as the membership does. What a shared trace means is loyalty.referral_signals'.
"""

import unicodedata
from dataclasses import dataclass

from sqlmodel import Session

from core import clock, db, signatures
from core.refusal import Refusal
from core.settings import settings
from loyalty.queries import referral_traces as queries
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import ReferralTrace, TraceKind
from shop import customers, email_matching
from shop.email_matching import Mailbox

MAX_TRACE = 400
_PURPOSE = "referral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the shop tells of the shopper's own connection, never the server's; all of it may be left out."""

    ip: str | None = None
    device: str | None = None
    payment: str | None = None
    address: str | None = None

    def refusal(self) -> Refusal | None:
        """Refuses TOO_LONG."""
        for name in ("ip", "device", "payment", "address"):
            if len(getattr(self, name) or "") > MAX_TRACE:
                return Refusal(LoyaltyRefusal.TOO_LONG, ("shopper", name), {"maximum": MAX_TRACE})
        return None


NOTHING = Shown()


def pseudonym(kind: str, text: str) -> str:
    """The keyed hash that is kept instead of `text`."""
    return signatures.pseudonym(settings().secret(), _PURPOSE, f"{kind}:{text}")


def note(session: Session, membership_id: int, customer_id: int, shown: Shown = NOTHING) -> None:
    """Remember what was seen of the member, and their mailbox. Two statements a trace."""
    box = mailbox(session, customer_id)
    told = {
        TraceKind.EMAIL: box.address if box else None,
        TraceKind.IP: shown.ip,
        TraceKind.DEVICE: shown.device,
        TraceKind.PAYMENT: shown.payment,
        TraceKind.ADDRESS: _plain(shown.address) if shown.address else None,
    }
    for kind, text in told.items():
        if text and text.strip():
            _keep(session, membership_id, kind, pseudonym(kind, text.strip()))


def mailbox(session: Session, customer_id: int) -> Mailbox | None:
    """The mailbox of a customer's address."""
    customer = customers.get(session, customer_id)
    return email_matching.mailbox(customer.email) if customer and customer.email else None


def forget_old(session: Session, *, limit: int) -> int:
    """Drop traces past their program's time; returns how many, at most `limit`."""
    return queries.forget(session, now=clock.now(), limit=limit)


def _keep(session: Session, membership_id: int, kind: TraceKind, digest: str) -> None:
    row = {"membership_id": membership_id, "kind": kind, "digest": digest, "seen_at": clock.now()}
    if not db.insert_once(session, ReferralTrace, row):
        queries.seen(session, membership_id, kind, digest, at=clock.now())


def _plain(address: str) -> str:
    """An address without case, accents, punctuation and spaces."""
    folded = unicodedata.normalize("NFKD", address).casefold()
    return "".join(sign for sign in folded if sign.isalnum())
