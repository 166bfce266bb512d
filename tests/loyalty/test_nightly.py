"""The night's steps and their order; each may run twice."""

from dataclasses import replace

from sqlmodel import Session

from loyalty import nightly
from loyalty.drafts import TierDraft
from loyalty.tables import Membership, TierBasis
from tests.conftest import FrozenClock
from tests.loyalty.sums import ledger_state
from tests.make import loyalty as make


def test_the_order_of_the_steps_is_the_documented_one() -> None:
    assert [name for name, _ in nightly.STEPS] == ["activate", "issue", "tiers", "expire", "balance tiers"]


def test_each_step_twice_is_the_night_once(session: Session, frozen_clock: FrozenClock) -> None:
    draft = make.program_draft(lot_months=1, tiers=(make.tier("Base", 0), make.tier("Gold", 150)))
    member = make.member(session, make.program(session, draft))
    make.spent(session, 200)
    frozen_clock.advance(days=800)
    for _, step in nightly.STEPS:
        step(session, member)
        once = ledger_state(session)
        step(session, member)
        assert ledger_state(session) == once
    nightly.run(session, member)
    assert ledger_state(session) == once


def test_a_tier_by_balance_is_looked_at_after_points_have_expired(session: Session, frozen_clock: FrozenClock) -> None:
    tiers = (TierDraft(name="Base", threshold=0), TierDraft(name="Gold", threshold=150))
    draft = replace(make.program_draft(lot_months=1, tiers=tiers), tier_basis=TierBasis.BALANCE, tier_term_months=1)
    member = make.member(session, make.program(session, draft))
    make.spent(session, 200)
    nightly.run(session, member)
    gold = session.get_one(Membership, member).tier_id
    frozen_clock.advance(days=40)

    nightly.run(session, member)

    session.expire_all()
    assert gold is not None
    assert session.get_one(Membership, member).tier_id != gold
    assert nightly.due(session, after=0, limit=10) == []
