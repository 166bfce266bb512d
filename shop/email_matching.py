"""Which addresses reach one mailbox. For matching two people only, never for sending or for telling who somebody is.

- Trimmed, NFKC, lower case, domain in punycode (shop.emails).
- `+tag` goes where the provider is known to deliver tagged mail to the same mailbox.
- Gmail ignores dots, and googlemail.com is gmail.com. Elsewhere dots may tell two people apart, so they stay.
"""

from dataclasses import dataclass

from shop import emails

_GMAIL = "gmail.com"
_SAME_DOMAIN = {"googlemail.com": _GMAIL}
# each documents +tags for its mailboxes; elsewhere `a+b` may be another person than `a`
_TAGGED = frozenset(
    {
        _GMAIL,
        "outlook.com",
        "hotmail.com",
        "live.com",
        "icloud.com",
        "me.com",
        "mac.com",
        "proton.me",
        "protonmail.com",
        "pm.me",
        "fastmail.com",
    }
)


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address as it is matched: its parts, and whether a tag was taken off."""

    local: str
    domain: str
    had_tag: bool

    @property
    def address(self) -> str:
        """The spelling that two addresses of one mailbox share."""
        return f"{self.local}@{self.domain}"


def mailbox(email: str) -> Mailbox | None:
    """The mailbox that an address reaches; None when it is no address."""
    normalised = emails.normalise(email)
    if normalised is None:
        return None
    local, _, domain = normalised.rpartition("@")
    domain = _SAME_DOMAIN.get(domain, domain)
    name, plus, _ = local.partition("+")
    has_tag = bool(plus and name)
    if has_tag and domain in _TAGGED:
        local = name
    if domain == _GMAIL:
        local = local.replace(".", "")
    return Mailbox(local, domain, has_tag)
