"""Mail domains that hand out throw-away mailboxes: a short list of our own; each program's terms may add others."""

from loyalty.tables import ReferralTerms
from shop.email_matching import Mailbox

_OWN = frozenset(
    {
        "10minutemail.com",
        "discard.email",
        "dispostable.com",
        "guerrillamail.com",
        "maildrop.cc",
        "mailinator.com",
        "mailnesia.com",
        "sharklasers.com",
        "temp-mail.org",
        "tempmail.com",
        "trashmail.com",
        "yopmail.com",
    }
)


def has(terms: ReferralTerms, mailbox: Mailbox | None) -> bool:
    """Whether the mailbox, or one under the same domain, is a throw-away one."""
    if mailbox is None:
        return False
    labels = mailbox.domain.split(".")
    under = {".".join(labels[at:]) for at in range(len(labels))}
    return not under.isdisjoint(_OWN) or not under.isdisjoint(terms.disposable_domains)
