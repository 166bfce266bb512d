"""How old a customer is for a program that asks. Keeping birthdays is shop.customers'."""

from datetime import date

from sqlmodel import Session

from core import clock
from core.refusal import Refusal
from loyalty import periods
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Program
from shop import customers

OLDEST_MINIMUM = 99


def on(birthday: date, day: date) -> int:
    """Whole years on a day. Who was born on 29 February is a year older on 1 March where there is no 29th."""
    return day.year - birthday.year - ((day.month, day.day) < (birthday.month, birthday.day))


def refusal(session: Session, program: Program, customer_id: int, told: date | None) -> Refusal | None:
    """Why the customer is not old enough, or cannot be known to be.

    The birthday on file counts; one that is told now is kept where there is none. Refuses INVALID_BIRTHDAY,
    BIRTHDAY_REQUIRED and TOO_YOUNG. A program without a minimum asks for nothing and keeps nothing.
    """
    if program.minimum_age is None:
        return None
    refused = customers.learn_birthday(session, customer_id, told) if told is not None else None
    if refused is not None:
        return refused
    birthday = customers.birthday(session, customer_id)
    if birthday is None:
        return Refusal(LoyaltyRefusal.BIRTHDAY_REQUIRED, ("birthday",))
    if on(birthday, periods.local_date(clock.now(), program.zone)) < program.minimum_age:
        return Refusal(LoyaltyRefusal.TOO_YOUNG, ("birthday",), {"age": program.minimum_age})
    return None
