"""Currencies that a program takes besides its own, by its dated table. Converting is amounts'."""

from datetime import datetime

from sqlmodel import Session

from loyalty.queries import programs as queries
from loyalty.tables import Program

NOT_ACCEPTED = 0


def micros(session: Session, program: Program, currency: str, *, at: datetime) -> int | None:
    """Millionths of the program's minor unit that one minor unit of `currency` was worth at an instant.

    None: it is the program's own currency. NOT_ACCEPTED: the program does not take it.
    """
    if currency == program.currency:
        return None
    return queries.rate_micros(session, program.id, currency, at) or NOT_ACCEPTED
