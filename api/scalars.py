"""Scalars and the small value types that every room's types use."""

from datetime import UTC, date, datetime
from typing import NewType

import strawberry
from graphql import IntValueNode, ValueNode
from strawberry.types.scalar import ScalarDefinition

from api.audience import seen_by
from api.sharing import shared
from core import clock
from core import money as core_money
from core.identity import Permission

DateTime = NewType("DateTime", datetime)
URL = NewType("URL", str)
CurrencyCode = NewType("CurrencyCode", str)
MinorUnits = NewType("MinorUnits", int)

# beyond this a JavaScript client would round
_LARGEST_EXACT = 2**53 - 1


def _read_instant(text: object) -> datetime:
    instant = datetime.fromisoformat(str(text))
    if instant.tzinfo is None:
        raise ValueError("a DateTime needs its offset, such as Z")
    return clock.whole_milliseconds(instant)


def _write_instant(value: datetime | int) -> str:
    # hot rows carry milliseconds, entities datetimes
    return clock.iso(clock.from_milliseconds(value) if isinstance(value, int) else value.astimezone(UTC))


def _read_date(text: object) -> date:
    day = date.fromisoformat(str(text))
    if day.isoformat() != text:
        raise ValueError("a Date is written as 2026-03-02")
    return day


def _read_url(text: object) -> str:
    address = str(text)
    if not address.startswith(("https://", "http://")) or len(address) > 2000:
        raise ValueError("a URL starts with https:// or http:// and has at most 2,000 characters")
    return address


def _read_currency(text: object) -> str:
    if not core_money.is_currency(str(text)):
        raise ValueError("a CurrencyCode has three capital letters, as in ISO 4217")
    return str(text)


def _read_minor_units(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or abs(value) > _LARGEST_EXACT:
        raise ValueError("MinorUnits is a whole number that JSON clients read exactly: at most 2^53 - 1")
    return value


def _read_minor_units_literal(node: ValueNode, _variables: object = None) -> int:
    if not isinstance(node, IntValueNode):
        raise ValueError("MinorUnits is a whole number")
    return _read_minor_units(int(node.value))


SCALARS: dict[object, ScalarDefinition] = {
    DateTime: strawberry.scalar(
        name="DateTime",
        description="An instant in ISO 8601: UTC, milliseconds, `Z`.",
        specified_by_url="https://scalars.graphql.org/andimarek/date-time",
        serialize=_write_instant,
        parse_value=_read_instant,
    ),
    date: strawberry.scalar(
        name="Date",
        description="A day of the calendar, as in 2026-03-02.",
        specified_by_url="https://scalars.graphql.org/andimarek/local-date",
        serialize=date.isoformat,
        parse_value=_read_date,
    ),
    URL: strawberry.scalar(
        name="URL",
        description="An absolute http or https address.",
        specified_by_url="https://url.spec.whatwg.org/",
        serialize=str,
        parse_value=_read_url,
    ),
    MinorUnits: strawberry.scalar(
        name="MinorUnits",
        description="A whole number of a currency's minor units; goes beyond Int, up to 2^53 - 1.",
        specified_by_url="https://www.iso.org/iso-4217-currency-codes.html",
        serialize=int,
        parse_value=_read_minor_units,
        parse_literal=_read_minor_units_literal,
    ),
    CurrencyCode: strawberry.scalar(
        name="CurrencyCode",
        description="A currency by its ISO 4217 code.",
        specified_by_url="https://www.iso.org/iso-4217-currency-codes.html",
        serialize=str,
        parse_value=_read_currency,
    ),
}


@seen_by(Permission.READ_PUBLIC)
@shared
@strawberry.type(description="An amount in the currency's minor unit: cents, yen, fils.")
class Money:
    """As core.money, in the contract's names."""

    amount_minor: MinorUnits = strawberry.field(description="Whole minor units; 1250 is 12.50 EUR and 1250 JPY.")
    currency_code: CurrencyCode = strawberry.field(description="ISO 4217.")

    @classmethod
    def of(cls, money: core_money.Money) -> "Money":
        """The contract's form of an amount."""
        return cls(amount_minor=MinorUnits(money.amount_minor), currency_code=CurrencyCode(money.currency))


@strawberry.input(description="An amount in the currency's minor unit.")
class MoneyInput:
    """An amount as a client sends it."""

    amount_minor: MinorUnits = strawberry.field(description="Whole minor units.")
    currency_code: CurrencyCode = strawberry.field(description="ISO 4217.")
