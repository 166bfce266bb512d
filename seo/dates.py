"""Dates as pages, sitemaps and headers write them: ISO 8601, RFC 822, RFC 850. A day alone is its start in UTC."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

# https://www.w3.org/TR/NOTE-datetime, and what ISO 8601 allows besides: a blank for T, basic zones
_ISO = re.compile(
    r"\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2}([.,]\d{1,9})?)?\s?(Z|[+-]\d{2}(:?\d{2})?)?)?)?)?", re.IGNORECASE
)
_RFC850 = ("%A, %d-%b-%y %H:%M:%S %Z", "%d %b %Y %H:%M:%S %Z", "%d %B %Y")


def from_iso(text: str) -> datetime | None:
    """The instant that an ISO 8601 date or date and time means; without a zone it is taken for UTC. None otherwise."""
    text = text.strip()
    if not _ISO.fullmatch(text):
        return None
    whole = text + {4: "-01-01", 7: "-01"}.get(len(text), "")
    try:
        return _aware(datetime.fromisoformat(whole.replace(",", ".").upper().replace(" Z", "Z")))
    except (ValueError, OverflowError):
        return None


def from_any(text: str) -> datetime | None:
    """The instant in any of the three forms, as unavailable_after takes them; None when it is none of them."""
    if found := from_iso(text):
        return found
    try:
        return _aware(parsedate_to_datetime(text.strip()))
    except (ValueError, TypeError, IndexError, OverflowError):
        pass
    for form in _RFC850:
        try:
            return _aware(datetime.strptime(text.strip(), form))  # noqa: DTZ007 - made aware here
        except ValueError:
            continue
    return None


def _aware(instant: datetime) -> datetime:
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)
