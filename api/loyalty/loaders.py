"""The batches and shared reads of loyalty, for context.load and context.read_once. Statements are the room's."""

from collections.abc import Mapping, Sequence

from sqlmodel import Session

from loyalty import progress
from loyalty.progress import Progress
from loyalty.queries import balances, catalogue, passbook, programs
from loyalty.queries import referrals as referral_queries
from loyalty.queries.balances import BalanceRow
from loyalty.tables import (
    EarningRule,
    LedgerEntry,
    PointsHold,
    Program,
    Redemption,
    Referral,
    ReferralDecision,
    Reward,
    Tier,
)


def programs_by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, Program]:
    """Programs. One statement."""
    return catalogue.programs(session, ids)


def pilots_of(session: Session, customer_id: int) -> Sequence[Program]:
    """The pilots that a customer was invited to. One statement."""
    return programs.invited_to(session, customer_id)


def rules_by_program(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[EarningRule]]:
    """Live rules of programs. One statement."""
    return catalogue.rules(session, ids)


def tiers_by_program(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[Tier]]:
    """Tiers of programs. One statement."""
    return catalogue.tiers(session, ids)


def rewards_by_program(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[Reward]]:
    """Rewards that programs offer. One statement."""
    return catalogue.rewards(session, ids)


def rules_by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, EarningRule]:
    """Versions of rules. One statement."""
    return catalogue.rules_by_ids(session, ids)


def tiers_by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, Tier]:
    """Tiers. One statement."""
    return catalogue.tiers_by_ids(session, ids)


def rewards_by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, Reward]:
    """Rewards. One statement."""
    return catalogue.rewards_by_ids(session, ids)


def memberships_of(session: Session, customer_id: int) -> Sequence[BalanceRow]:
    """A customer's memberships with what they hold. One statement."""
    return balances.of_customer(session, customer_id)


def memberships_by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, BalanceRow]:
    """Memberships with what they hold. One statement."""
    return balances.by_ids(session, ids)


def progress_by_ids(session: Session, ids: Sequence[int]) -> Mapping[int, Progress]:
    """Members' ways to their next tier, in as many statements whatever their number in a program."""
    return progress.of(session, ids)


def entries_by_ids(session: Session, ids: Sequence[int], customer_id: int | None) -> Mapping[int, LedgerEntry]:
    """Entries: the customer's, or anybody's when None. One statement."""
    return passbook.entries(session, ids, customer_id)


def redemptions_by_ids(session: Session, ids: Sequence[int], customer_id: int | None) -> Mapping[int, Redemption]:
    """Redemptions: the customer's, or anybody's when None. One statement."""
    return passbook.redemptions(session, ids, customer_id)


def holds_by_ids(session: Session, ids: Sequence[int], customer_id: int | None) -> Mapping[int, PointsHold]:
    """Points held for carts: the customer's, or anybody's when None. One statement."""
    return passbook.holds(session, ids, customer_id)


def referrals_by_ids(session: Session, ids: Sequence[int], customer_id: int | None) -> Mapping[int, Referral]:
    """Referrals: on either side the customer, or anybody's when None. One statement."""
    return passbook.referrals(session, ids, customer_id)


def referral_codes(session: Session, ids: Sequence[int]) -> Mapping[int, str]:
    """Codes by membership. One statement."""
    return passbook.referral_codes(session, ids)


def referral_points(session: Session, ids: Sequence[int]) -> Mapping[int, int]:
    """Points by referrals, by membership. One statement."""
    return referral_queries.earned_by(session, ids)


def referral_decisions(session: Session, ids: Sequence[int]) -> Mapping[int, Sequence[ReferralDecision]]:
    """The moves of referrals. One statement."""
    return referral_queries.decisions(session, ids)
