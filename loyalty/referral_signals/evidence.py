"""What a signal may know of a referral, and what a signal is. Gathering it is loyalty.referral_scores'."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from loyalty.tables import TraceKind
from shop.email_matching import Mailbox


class SignalName(StrEnum):
    """What may speak against a referral."""

    SAME_PAYMENT = "SAME_PAYMENT"
    SAME_DEVICE = "SAME_DEVICE"
    DEVICE_RING = "DEVICE_RING"
    DISPOSABLE_EMAIL = "DISPOSABLE_EMAIL"
    SAME_ADDRESS = "SAME_ADDRESS"
    VELOCITY = "VELOCITY"
    SAME_IP = "SAME_IP"
    SIMILAR_EMAIL = "SIMILAR_EMAIL"
    TAGGED_EMAIL = "TAGGED_EMAIL"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the two: their mailboxes, the traces they share, and how much goes on around them.

    `brought_today` counts the advocate's referrals of the last 24 hours, `on_ip_today` the members seen on one of the
    friend's addresses in that time, `on_device` the members seen on one of the friend's devices.
    """

    advocate: Mailbox | None
    friend: Mailbox | None
    shared: frozenset[TraceKind] = frozenset()
    brought_today: int = 0
    on_ip_today: int = 0
    on_device: int = 0
    is_disposable: bool = False


@dataclass(frozen=True, slots=True)
class Signal:
    """A signal, what it weighs by default (0 to 100), and when it speaks."""

    name: SignalName
    weight: int
    speaks: Callable[[Evidence], bool]
