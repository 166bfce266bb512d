"""Money: integer minor units with their currency. Converting between currencies is not this module's."""

from dataclasses import dataclass

# ISO 4217 exponents that are not 2 (list one, 2025-05-12).
_EXPONENTS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV"), 0
    ),
    **dict.fromkeys(("XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
    **dict.fromkeys(("CLF", "UYW"), 4),
}
# ISO 4217 list one (2025-05-12): what people pay with, funds and metals left out.
_LIST_ONE = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP "
    "CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF "
    "IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD "
    "MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB "
    "RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD "
    "UYI UYU UYW UZS VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG CLF"
)
_CURRENCIES = frozenset(_LIST_ONE.split())
MAX_AMOUNT_MINOR = 10**15


def exponent(currency: str) -> int:
    """How many decimal digits the currency's minor unit stands for: 2, save JPY 0, KWD 3, ..."""
    return _EXPONENTS.get(currency, 2)


def is_currency(text: str) -> bool:
    """Whether `text` is a code of ISO 4217's list of currencies (capital letters)."""
    return text in _CURRENCIES


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """`amount_minor` whole minor units (cents, yen, fils) of `currency`."""

    amount_minor: int
    currency: str

    def decimal(self) -> str:
        """With a dot and exactly the currency's digits: `12.50`, `1250`, `-0.05`."""
        digits = exponent(self.currency)
        sign = "-" if self.amount_minor < 0 else ""
        if digits == 0:
            return f"{sign}{abs(self.amount_minor)}"
        whole, rest = divmod(abs(self.amount_minor), 10**digits)
        return f"{sign}{whole}.{rest:0{digits}d}"


def from_decimal(text: str, currency: str) -> Money | None:
    """Read `12.50` exactly; None when it is not a plain decimal number or has more digits than the currency.

    Trailing zeros beyond the exponent are fine ("12.500" EUR), other digits there are not.
    """
    sign = -1 if text.startswith("-") else 1
    whole, dot, rest = text.removeprefix("-").partition(".")
    digits = exponent(currency)
    kept, dropped = rest[:digits], rest[digits:]
    if not whole.isdecimal() or not whole.isascii() or (dot and not (rest.isdecimal() and rest.isascii())):
        return None
    if dropped.strip("0") or len(whole) > MAX_AMOUNT_MINOR.bit_length():
        return None
    return Money(sign * (int(whole) * 10**digits + int(kept.ljust(digits, "0") or "0")), currency)
