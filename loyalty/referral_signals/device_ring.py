"""Three members or more on one device: accounts made to bring each other."""

from loyalty.referral_signals.evidence import Evidence, Signal, SignalName

_RING = 3


def _speaks(evidence: Evidence) -> bool:
    return evidence.on_device >= _RING


SIGNAL = Signal(SignalName.DEVICE_RING, 60, _speaks)
