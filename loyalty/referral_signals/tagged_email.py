"""The friend's address carries a `+tag`: many do so for order's sake, some for a second account."""

from loyalty.referral_signals.evidence import Evidence, Signal, SignalName


def _speaks(evidence: Evidence) -> bool:
    return evidence.friend is not None and evidence.friend.had_tag


SIGNAL = Signal(SignalName.TAGGED_EMAIL, 15, _speaks)
