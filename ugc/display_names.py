"""What an author is called in public. It is chosen at submission and leads nowhere: no path to the customer."""

import unicodedata

from core.refusal import Refusal
from ugc.refusals import ReviewRefusal
from ugc.screening import links
from ugc.wording import clean

MOST = 60


def default(first_name: str | None, last_name: str | None) -> str | None:
    """First name and initial ("Camille R."); None without a first name. Never an e-mail address."""
    first = clean(first_name or "")
    if not first or "@" in first:
        return None
    initial = clean(last_name or "")[:1].upper()
    # a capital may be longer than its letter ("ß" gives "SS")
    return f"{first[: MOST - 2 - len(initial)]} {initial}." if initial else first[:MOST]


def refusal(chosen: str | None) -> Refusal | None:
    """Why a chosen name is refused: too long, or it holds an address of a mailbox or a page, which is never a name."""
    if chosen is None:
        return None
    plain = unicodedata.normalize("NFKC", chosen)
    if len(chosen) <= MOST and "@" not in plain and not links.leads_elsewhere(plain):
        return None
    return Refusal(ReviewRefusal.DISPLAY_NAME_REFUSED, ("displayName",), {"most": MOST})
