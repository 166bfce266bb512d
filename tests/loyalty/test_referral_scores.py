"""What speaks against a referral is weighed and kept; the grey zone waits for a person, who can undo it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlmodel import Session, select

from core.refusal import Refusal
from loyalty import disposable_domains, referral_scores, referral_traces
from loyalty.referral_signals import SIGNALS, Evidence, SignalName
from loyalty.referral_stages import notice_key
from loyalty.referral_traces import Shown
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import (
    ReferralDecision,
    ReferralRejection,
    ReferralStage,
    ReferralTerms,
    ReferralTrace,
    TraceKind,
)
from shop.email_matching import mailbox
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, count, ledger_state, points
from tests.make import loyalty as make
from tests.make import shop
from tests.make.referrals import Pair

_S = ReferralStage
TERMS = ReferralTerms(program_id=1)


@pytest.mark.parametrize(
    "written, matched",
    [
        (" J.o.hn+x@GoogleMail.com ", "john@gmail.com"),
        ("ana.roux+a@outlook.com", "ana.roux@outlook.com"),
        ("ana.roux+a@shop.example", "ana.roux+a@shop.example"),
        ("ＡＮＡ@müller.example", "ana@xn--mller-kva.example"),
        ("+a@gmail.com", "+a@gmail.com"),
    ],
)
def test_addresses_of_one_mailbox_are_matched(written: str, matched: str) -> None:
    found = mailbox(written)

    assert found is not None
    assert found.address == matched


def test_the_weights_are_those_of_the_page() -> None:
    assert {signal.name.value: signal.weight for signal in SIGNALS} == {
        "SAME_PAYMENT": 80,
        "SAME_DEVICE": 60,
        "DEVICE_RING": 60,
        "DISPOSABLE_EMAIL": 50,
        "SAME_ADDRESS": 40,
        "VELOCITY": 40,
        "SAME_IP": 25,
        "SIMILAR_EMAIL": 20,
        "TAGGED_EMAIL": 15,
    }


def evidence(**more: object) -> Evidence:
    """Two strangers, and what is said of them."""
    return Evidence(**{"advocate": mailbox("ana@a.example"), "friend": mailbox("ben@b.example"), **more})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "known, signals",
    [
        ({}, []),
        ({"shared": frozenset({TraceKind.IP})}, ["SAME_IP"]),
        ({"shared": frozenset({TraceKind.IP, TraceKind.DEVICE})}, ["SAME_DEVICE", "SAME_IP"]),
        ({"on_device": 3}, ["DEVICE_RING"]),
        ({"brought_today": 5, "on_ip_today": 3}, []),
        ({"brought_today": 6}, ["VELOCITY"]),
        ({"on_ip_today": 4}, ["VELOCITY"]),
        ({"is_disposable": True}, ["DISPOSABLE_EMAIL"]),
        ({"friend": mailbox("zoe+1@b.example")}, ["TAGGED_EMAIL"]),
        ({"advocate": mailbox("ana.roux1@a.example"), "friend": mailbox("ana.roux2@b.example")}, ["SIMILAR_EMAIL"]),
        ({"shared": frozenset({TraceKind.PAYMENT, TraceKind.ADDRESS})}, ["SAME_PAYMENT", "SAME_ADDRESS"]),
    ],
)
def test_each_signal_speaks_when_it_should(known: dict[str, object], signals: list[str]) -> None:
    score = referral_scores.weigh(evidence(**known), TERMS)

    weights = {signal.name.value: signal.weight for signal in SIGNALS}
    assert [each["signal"] for each in score.signals] == signals
    assert score.total == min(100, sum(weights[name] for name in signals))


@given(st.sets(st.sampled_from(list(SignalName))), st.integers(0, 79))
def test_one_ip_address_alone_never_blocks_whatever_it_weighs(left_out: set[SignalName], weight: int) -> None:
    weights = {**{name.value: 0 for name in left_out}, "SAME_IP": weight}
    terms = ReferralTerms(program_id=1, weights=weights)

    score = referral_scores.weigh(evidence(shared=frozenset({TraceKind.IP})), terms)

    assert score.total == weight < terms.block_from


def test_throw_away_domains_are_ours_and_the_programs() -> None:
    terms = ReferralTerms(program_id=1, disposable_domains=["bin.example"])

    found = [
        disposable_domains.has(terms, mailbox(f"a@{domain}")) for domain in ("x.yopmail.com", "bin.example", "b.io")
    ]

    assert found == [True, True, False]


def test_another_spelling_of_the_advocates_own_mailbox_is_refused(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, emails=("john@gmail.com", "j.o.hn+x@googlemail.com"))

    assert pair.accept() == Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("code",))


def test_somebody_who_is_a_member_under_another_spelling_is_refused(
    session: Session, frozen_clock: FrozenClock
) -> None:
    pair = Pair(session)
    pair.member("zoe", "zo.e@gmail.com")
    again = pair.member("zoe-2", "zoe@gmail.com")

    assert pair.accept(member=again) == Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("code",))


def test_one_household_is_not_stopped(session: Session, frozen_clock: FrozenClock) -> None:
    home = Shown(ip="203.0.113.7")
    pair = Pair(session, shown=home)
    referral_id = shop.accepted(pair.accept(shown=home))

    make.spent(session, 30, customer="ben")

    referral = pair.referral(referral_id)
    assert (referral.stage, referral.score) == (_S.REWARDED, 25)


def test_one_device_waits_for_a_person_who_approves(session: Session, frozen_clock: FrozenClock) -> None:
    tablet = Shown(device="tablet-1")
    pair = Pair(session, shown=tablet, hold_days=14)
    referral_id = shop.accepted(pair.accept(shown=tablet))
    order_id = make.spent(session, 30, customer="ben")
    flagged = pair.stage(referral_id)
    frozen_clock.advance(days=20)
    pair.night()
    waiting = pair.stage(referral_id)

    stale = pair.decide(referral_id, approves=True, version=1)
    approved = pair.decide(referral_id, approves=True)
    pair.resettle(order_id)

    assert (flagged, waiting) == (_S.FLAGGED, _S.FLAGGED)
    assert stale == Refusal(LoyaltyRefusal.CONFLICT, ("version",))
    assert approved == referral_id
    assert pair.stage(referral_id) is _S.REWARDED
    decision = session.exec(select(ReferralDecision).where(ReferralDecision.former == _S.FLAGGED)).one()
    assert (decision.actor_id, decision.reason, decision.score) == (7, "Looked", 60)
    assert decision.signals == [{"signal": "SAME_DEVICE", "weight": 60}]
    assert notice_key(_S.FLAGGED) == notice_key(_S.PENDING)


def test_a_decision_can_be_undone_as_often_as_need_be(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, share_points=50)
    referral_id = shop.accepted(pair.accept())
    make.spent(session, 100, customer="ben")

    for approves in (False, True, False, True):
        assert pair.decide(referral_id, approves=approves) == referral_id

    assert pair.stage(referral_id) is _S.REWARDED
    assert points(session, pair.ana) == [100, 50, -100, -50] * 2 + [100, 50]
    assert points(session, pair.ben) == [40, -40] * 2 + [40]
    assert_adds_up(session)


def test_too_much_at_once_is_rejected_and_kept_for_staff(session: Session, frozen_clock: FrozenClock) -> None:
    seen = Shown(device="tablet-1", payment="card-9")
    pair = Pair(session, shown=seen)

    referral_id = shop.accepted(pair.accept(shown=seen))
    make.spent(session, 30, customer="ben")

    referral = pair.referral(referral_id)
    assert (referral.stage, referral.rejection, referral.score) == (_S.REJECTED, ReferralRejection.SUSPICIOUS, 100)
    assert points(session, pair.ana) == []
    assert pair.decide(referral_id, approves=True) == referral_id
    make.spent(session, 30, customer="ben")
    assert pair.stage(referral_id) is _S.REWARDED


@pytest.mark.parametrize(
    "reason, code",
    [("  ", LoyaltyRefusal.REQUIRED), ("x" * 301, LoyaltyRefusal.TOO_LONG), ("\x00", LoyaltyRefusal.INVALID_TEXT)],
)
def test_a_decision_needs_a_reason_and_a_stage_that_allows_it(
    session: Session, frozen_clock: FrozenClock, reason: str, code: LoyaltyRefusal
) -> None:
    pair = Pair(session)
    referral_id = shop.accepted(pair.accept())
    before = ledger_state(session)

    refused = pair.decide(referral_id, approves=False, reason=reason)
    too_early = pair.decide(referral_id, approves=True)

    assert isinstance(refused, Refusal)
    assert refused.code is code
    assert too_early == Refusal(LoyaltyRefusal.ILLEGAL_TRANSITION, ("referralId",))
    assert ledger_state(session) == before
    assert count(session, ReferralDecision) == 0


def test_an_advocate_with_too_many_rejections_brings_nobody_more(session: Session, frozen_clock: FrozenClock) -> None:
    pair = Pair(session, suspend_after=1)
    referral_id = shop.accepted(pair.accept())
    pair.decide(referral_id, approves=False)
    cleo = pair.member("cleo")

    suspended = pair.accept(member=cleo)
    pair.decide(referral_id, approves=True)
    after = pair.accept(member=cleo)

    assert suspended == Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("code",))
    assert isinstance(after, int)


def test_traces_are_hashes_and_are_forgotten(session: Session, frozen_clock: FrozenClock) -> None:
    seen = Shown(ip="203.0.113.7", device="tablet-1", payment="card-9", address="1, rue Noël")
    pair = Pair(session, shown=seen, trace_days=30)
    kept = {row.digest for row in session.exec(select(ReferralTrace))}

    frozen_clock.advance(days=30)
    dropped = referral_traces.forget_old(session, limit=100)

    assert all(len(digest) == 32 for digest in kept)
    assert dropped == 4
    assert {row.kind for row in session.exec(select(ReferralTrace))} == {TraceKind.EMAIL}
    assert pair.accept(shown=Shown(ip="x" * 401)) == Refusal(
        LoyaltyRefusal.TOO_LONG, ("shopper", "ip"), {"maximum": 400}
    )
