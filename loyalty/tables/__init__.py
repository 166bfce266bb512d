"""The room's tables, gathered. Who may write which row is the business of the room's modules, not of this package."""

from loyalty.tables.ledger import Debt, EntryKind, LedgerAllocation, LedgerEntry, Lot, SourceType
from loyalty.tables.members import Membership
from loyalty.tables.programs import (
    PUBLIC,
    RUNNING,
    ClawbackPolicy,
    EarningRule,
    Program,
    ProgramInvitation,
    ProgramKind,
    ProgramRate,
    ProgramState,
    Rounding,
    RuleKind,
)
from loyalty.tables.referrals import Referral, ReferralCode, ReferralRejection, ReferralState
from loyalty.tables.rewards import Redemption, RedemptionState, Reward, RewardKind
from loyalty.tables.tiers import Tier, TierBasis, TierCredit, TierFall, TierTerm, TierWindow

__all__ = [
    "PUBLIC",
    "RUNNING",
    "ClawbackPolicy",
    "Debt",
    "EarningRule",
    "EntryKind",
    "LedgerAllocation",
    "LedgerEntry",
    "Lot",
    "Membership",
    "Program",
    "ProgramInvitation",
    "ProgramKind",
    "ProgramRate",
    "ProgramState",
    "Redemption",
    "RedemptionState",
    "Referral",
    "ReferralCode",
    "ReferralRejection",
    "ReferralState",
    "Reward",
    "RewardKind",
    "Rounding",
    "RuleKind",
    "SourceType",
    "Tier",
    "TierBasis",
    "TierCredit",
    "TierFall",
    "TierTerm",
    "TierWindow",
]
