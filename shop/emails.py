"""E-mail addresses: their form, and the one spelling by which they are matched. Sending is core.mail's."""

import re
import unicodedata

MAX_LENGTH = 254
MAX_WRITTEN = 320
_LOCAL_PART = re.compile(r"[^\s@\"(),:;<>\[\\\]\x00-\x1f\x7f]{1,64}")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9][a-z0-9-]{0,61}[a-z0-9]")


def normalise(email: str) -> str | None:
    """The spelling for matching: trimmed, NFKC, lower case, domain in punycode; None when it is no address.

    Nothing is guessed: dots and `+tags` stay, since two such addresses may be two people's.
    """
    # invisible characters fall away below, so that a text of any length could pass
    if len(email) > MAX_WRITTEN:
        return None
    local, at, domain = unicodedata.normalize("NFKC", email.strip()).lower().rpartition("@")
    try:
        domain = domain.encode("idna").decode("ascii")
        local.encode()
    except UnicodeError:
        return None
    whole = f"{local}@{domain}"
    formed = at and _LOCAL_PART.fullmatch(local) and _DOMAIN.fullmatch(domain)
    return whole if formed and len(whole) <= MAX_LENGTH else None
