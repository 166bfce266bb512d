"""A customer list as a CSV file: its columns, and each row as the shop describes a customer. Enrolling is enrolment's.

Columns: external_id, email, email_confirmed, first_name, last_name, birthday (2001-02-03), locale, time_zone,
consented_at (an instant with its offset) and, for each purpose, consent.<purpose>: yes or no.
"""

import csv
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from core.refusal import Refusal
from loyalty.refusals import LoyaltyRefusal
from shop.consents import ConsentDraft
from shop.customers import CustomerDraft

_TEXTS = ("external_id", "email", "first_name", "last_name", "locale", "time_zone")
_KNOWN = {*_TEXTS, "email_confirmed", "birthday", "consented_at"}
_CONSENT = "consent."
_YES = {"yes", "true", "1", "oui"}


def unknown_columns(path: Path) -> list[str]:
    """The columns that mean nothing here, which a typing error makes."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        names = next(csv.reader(file), [])
    return [name for name in names if name not in _KNOWN and not name.startswith(_CONSENT)]


def rows(path: Path, *, storefront_id: int, source: str) -> Iterator[tuple[int, CustomerDraft | Refusal]]:
    """Each row with its line; INVALID_DATE where a date cannot be read."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        names = reader.fieldnames or ()
        for cells in reader:
            # a short row has no value for its last columns, a long one values without a column
            known = {name: cells[name] or "" for name in names}
            yield reader.line_num, _row(known, storefront_id=storefront_id, source=source)


def _row(cells: dict[str, str], *, storefront_id: int, source: str) -> CustomerDraft | Refusal:
    told = {name: cells[name].strip() for name in cells if cells[name]}
    try:
        birthday = date.fromisoformat(told["birthday"]) if "birthday" in told else None
        consented_at = datetime.fromisoformat(told["consented_at"]) if "consented_at" in told else None
    except ValueError:
        return Refusal(LoyaltyRefusal.INVALID_DATE, ())
    # no consent without the moment at which it was given
    is_dated = consented_at is not None and consented_at.tzinfo is not None
    if not is_dated and any(name.startswith(_CONSENT) for name in told):
        return Refusal(LoyaltyRefusal.INVALID_DATE, ("consented_at",))
    return CustomerDraft(
        storefront_id=storefront_id,
        email_confirmed=_is_yes(told.get("email_confirmed", "")),
        birthday=birthday,
        consents=_consents(told, source, consented_at) if consented_at is not None else (),
        **{name: told.get(name) for name in _TEXTS},
    )


def _consents(told: dict[str, str], source: str, at: datetime) -> tuple[ConsentDraft, ...]:
    purposes = [name for name in told if name.startswith(_CONSENT)]
    return tuple(
        ConsentDraft(purpose=name.removeprefix(_CONSENT), granted=_is_yes(told[name]), source=source, at=at)
        for name in purposes
    )


def _is_yes(value: str) -> bool:
    return value.lower() in _YES
