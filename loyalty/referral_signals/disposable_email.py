"""The friend's address is of a provider of throw-away mailboxes. The list is loyalty.disposable_domains'."""

from loyalty.referral_signals.evidence import Evidence, Signal, SignalName


def _speaks(evidence: Evidence) -> bool:
    return evidence.is_disposable


SIGNAL = Signal(SignalName.DISPOSABLE_EMAIL, 50, _speaks)
