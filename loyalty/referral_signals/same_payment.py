"""Both sides pay by the same card or account: close to proof that they are one person."""

from loyalty.referral_signals.evidence import Evidence, Signal, SignalName
from loyalty.tables import TraceKind


def _speaks(evidence: Evidence) -> bool:
    return TraceKind.PAYMENT in evidence.shared


SIGNAL = Signal(SignalName.SAME_PAYMENT, 80, _speaks)
