"""More referrals in a day than friends one has: over five by one advocate, or over three members on one IP address."""

from loyalty.referral_signals.evidence import Evidence, Signal, SignalName

_BY_ADVOCATE = 5
_ON_IP = 3


def _speaks(evidence: Evidence) -> bool:
    return evidence.brought_today > _BY_ADVOCATE or evidence.on_ip_today > _ON_IP


SIGNAL = Signal(SignalName.VELOCITY, 40, _speaks)
