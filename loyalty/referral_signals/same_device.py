"""Both sides were seen on one device: often one person, at times one family."""

from loyalty.referral_signals.evidence import Evidence, Signal, SignalName
from loyalty.tables import TraceKind


def _speaks(evidence: Evidence) -> bool:
    return TraceKind.DEVICE in evidence.shared


SIGNAL = Signal(SignalName.SAME_DEVICE, 60, _speaks)
