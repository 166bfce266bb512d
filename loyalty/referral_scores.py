"""What speaks against a referral and how much, by its program's weights. What follows is loyalty.referrals' to say."""

from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from core import clock
from loyalty import disposable_domains, referral_terms, referral_traces
from loyalty.queries import paid
from loyalty.queries import referral_traces as queries
from loyalty.queries import referrals as referral_queries
from loyalty.referral_signals import SIGNALS, Evidence
from loyalty.tables import Membership, Referral, ReferralTerms, TraceKind

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Score:
    """The sum of the weights, at most 100, and the signals that make it up."""

    total: int
    signals: list[dict[str, str | int]]


def of(session: Session, referral: Referral) -> Score:
    """As `score`, of the two that a referral joins."""
    advocate = session.get_one(Membership, referral.advocate_id)
    return score(session, advocate, session.get_one(Membership, referral.friend_id))


def score(session: Session, advocate: Membership, friend: Membership) -> Score:
    """Weigh all that is known of the two now. Ten statements or so, whatever their past."""
    terms = referral_terms.of(session, advocate.program_id)
    return weigh(_gathered(session, terms, advocate, friend), terms)


def weigh(evidence: Evidence, terms: ReferralTerms) -> Score:
    """The signals that speak, heaviest by default first, and their sum."""
    weights = referral_terms.weights(terms)
    found: list[dict[str, str | int]] = [
        {"signal": signal.name.value, "weight": weights[signal.name]}
        for signal in SIGNALS
        if weights[signal.name] and signal.speaks(evidence)
    ]
    return Score(min(100, sum(int(each["weight"]) for each in found)), found)


def _gathered(session: Session, terms: ReferralTerms, advocate: Membership, friend: Membership) -> Evidence:
    since = clock.now() - _DAY
    shared = queries.shared(session, advocate.id, friend.id, now=clock.now())
    if _cards(session, advocate) & _cards(session, friend):
        shared |= {TraceKind.PAYMENT}
    mailbox = referral_traces.mailbox(session, friend.customer_id)
    return Evidence(
        advocate=referral_traces.mailbox(session, advocate.customer_id),
        friend=mailbox,
        shared=shared,
        brought_today=referral_queries.accepted_since(session, advocate.id, since),
        on_ip_today=queries.members_near(session, friend.id, TraceKind.IP, since=since),
        on_device=queries.members_near(session, friend.id, TraceKind.DEVICE, since=clock.from_milliseconds(0)),
        is_disposable=disposable_domains.has(terms, mailbox),
    )


def _cards(session: Session, member: Membership) -> set[str]:
    return {method.fingerprint for method in paid.methods(session, member.customer_id) if method.fingerprint}
