"""Both sides gave one postal address within 30 days: one household, which a person should look at."""

from loyalty.referral_signals.evidence import Evidence, Signal, SignalName
from loyalty.tables import TraceKind


def _speaks(evidence: Evidence) -> bool:
    return TraceKind.ADDRESS in evidence.shared


SIGNAL = Signal(SignalName.SAME_ADDRESS, 40, _speaks)
