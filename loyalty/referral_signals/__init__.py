"""The signals that speak against a referral, heaviest first, one a file. What their sum does is referral_scores'.

The weights are ours, to be tuned by each program. What decides by itself (one's own code, a known buyer) is a check,
not a signal: loyalty.referral_checks.
"""

from loyalty.referral_signals import (
    device_ring,
    disposable_email,
    same_address,
    same_device,
    same_ip,
    same_payment,
    similar_email,
    tagged_email,
    velocity,
)
from loyalty.referral_signals.evidence import Evidence, Signal, SignalName

__all__ = ["SIGNALS", "Evidence", "Signal", "SignalName"]

SIGNALS: tuple[Signal, ...] = (
    same_payment.SIGNAL,
    same_device.SIGNAL,
    device_ring.SIGNAL,
    disposable_email.SIGNAL,
    same_address.SIGNAL,
    velocity.SIGNAL,
    same_ip.SIGNAL,
    similar_email.SIGNAL,
    tagged_email.SIGNAL,
)
