"""Both sides were seen on one IP address. Households, campuses and carriers share one, so alone it decides nothing."""

from loyalty.referral_signals.evidence import Evidence, Signal, SignalName
from loyalty.tables import TraceKind


def _speaks(evidence: Evidence) -> bool:
    return TraceKind.IP in evidence.shared


SIGNAL = Signal(SignalName.SAME_IP, 25, _speaks)
