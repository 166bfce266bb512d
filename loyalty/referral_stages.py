"""The stages of a referral as one table of moves. Who moves one, and on what ground, is referral_moves' callers'.

A click comes before all of them: there the friend is a visitor whom nobody knows yet (loyalty.referral_clicks).
"""

from loyalty.tables import ReferralStage

_S = ReferralStage
MOVES: dict[ReferralStage, frozenset[ReferralStage]] = {
    _S.ATTRIBUTED: frozenset({_S.PENDING, _S.FLAGGED, _S.REJECTED, _S.EXPIRED}),
    _S.PENDING: frozenset({_S.APPROVED, _S.REJECTED}),
    _S.FLAGGED: frozenset({_S.PENDING, _S.REJECTED}),
    _S.APPROVED: frozenset({_S.REWARDED}),
    _S.REWARDED: frozenset({_S.REVERSED}),
    _S.REJECTED: frozenset({_S.ATTRIBUTED, _S.PENDING}),
    _S.EXPIRED: frozenset(),
    _S.REVERSED: frozenset({_S.PENDING}),
}
# what staff may take up again after the rules or they themselves said no
RECONSIDERED = frozenset({_S.FLAGGED, _S.REJECTED, _S.REVERSED})

_NOTICES = {
    _S.ATTRIBUTED: "WAITING",
    _S.PENDING: "CHECKING",
    # a member never learns that somebody looks at them
    _S.FLAGGED: "CHECKING",
    _S.APPROVED: "CHECKING",
    _S.REWARDED: "REWARDED",
    _S.EXPIRED: "EXPIRED",
    _S.REJECTED: "NOT_COUNTED",
    _S.REVERSED: "NOT_COUNTED",
}


def notice_key(stage: ReferralStage) -> str:
    """The key of what a member reads of a stage in the room's catalogue."""
    return f"referral.{_NOTICES[stage]}"
