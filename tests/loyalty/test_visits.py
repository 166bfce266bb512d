"""Visits that count toward tiers: refused where they cannot be, or mean nothing."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from core.refusal import Refusal
from loyalty import visits
from loyalty.drafts import ProgramDraft, TierDraft
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import TierBasis, TierCredit
from loyalty.visits import VisitDraft
from tests.conftest import FrozenClock
from tests.loyalty.sums import count
from tests.make import loyalty as make


def club(*tiers: TierDraft, **settings: object) -> ProgramDraft:
    return replace(make.program_draft(zone="UTC", tiers=tiers), **settings)  # type: ignore[arg-type]


def day(year: int, month: int, date: int) -> datetime:
    return datetime(year, month, date, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "change, code",
    [
        ({"membership_id": 1}, LoyaltyRefusal.MEMBERSHIP_NOT_FOUND),
        ({"count": 1001}, LoyaltyRefusal.OUT_OF_RANGE),
        ({"source_id": " "}, LoyaltyRefusal.REQUIRED),
        ({"source_id": "s" * 121}, LoyaltyRefusal.TOO_LONG),
        ({"source_id": "\x00"}, LoyaltyRefusal.INVALID_TEXT),
        ({"at": day(2026, 3, 3)}, LoyaltyRefusal.DATE_IN_FUTURE),
    ],
)
def test_a_visit_that_cannot_be_is_refused(
    session: Session, frozen_clock: FrozenClock, change: dict[str, object], code: LoyaltyRefusal
) -> None:
    draft = club(make.tier("Gold", 10), tier_basis=TierBasis.VISITS)
    member = make.member(session, make.program(session, draft))
    good = VisitDraft(membership_id=member, source_id="s-1", count=1, at=day(2026, 3, 2))

    refused = visits.record(session, replace(good, **change))  # type: ignore[arg-type]

    assert isinstance(refused, Refusal)
    assert (refused.code, count(session, TierCredit)) == (code, 0)


def test_a_program_by_points_has_no_use_for_visits(session: Session, frozen_clock: FrozenClock) -> None:
    member = make.member(session, make.program(session, club(make.tier("Gold", 10))))

    refused = visits.record(session, VisitDraft(membership_id=member, source_id="s", count=1, at=day(2026, 3, 1)))

    assert refused == Refusal(LoyaltyRefusal.UNUSED_FIELD, ("membershipId",))
