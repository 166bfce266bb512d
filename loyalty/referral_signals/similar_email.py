"""The two local parts differ by little (`ana.roux1`, `ana.roux2`): a reason to look, not to block."""

from difflib import SequenceMatcher

from loyalty.referral_signals.evidence import Evidence, Signal, SignalName

_ALIKE = 0.85


def _speaks(evidence: Evidence) -> bool:
    if evidence.advocate is None or evidence.friend is None:
        return False
    return SequenceMatcher(None, evidence.advocate.local, evidence.friend.local).ratio() >= _ALIKE


SIGNAL = Signal(SignalName.SIMILAR_EMAIL, 20, _speaks)
