"""Changing a running program's tiers: seen before it is done, and nobody goes down before their date."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, col, select

from core.refusal import Refusal
from loyalty import nightly, tier_changes
from loyalty.drafts import ProgramDraft, TierDraft
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import Membership, Program, Reward, Tier, TierBasis, TierWindow
from loyalty.tier_changes import Move, Preview, TierPlan
from tests.conftest import FrozenClock
from tests.loyalty.sums import only
from tests.make import loyalty as make
from tests.make.shop import accepted

BASE, SILVER, GOLD = make.tier("Base", 0), make.tier("Silver", 100), make.tier("Gold", 500)
END = datetime(2027, 3, 2, tzinfo=UTC)


def club(**more: object) -> ProgramDraft:
    draft = make.program_draft(zone="UTC", tiers=(BASE, SILVER, GOLD), rewards=(make.voucher(tier="Silver"),))
    return replace(draft, **more)  # type: ignore[arg-type]


class Club:
    """A program with one member on each tier: ada on Base, bea on Silver, cy on Gold."""

    def __init__(self, session: Session, draft: ProgramDraft | None = None) -> None:
        self.session = session
        self.id = make.program(session, draft or club())
        self.members = {name: make.member(session, self.id, name) for name in ("ada", "bea", "cy")}
        for name, euros in (("ada", 50), ("bea", 200), ("cy", 500)):
            make.spent(session, euros, customer=name)

    @property
    def tier_ids(self) -> dict[str, int]:
        statement = select(Tier).where(col(Tier.retired_at).is_(None)).order_by(col(Tier.position))
        return {tier.name: tier.id for tier in self.session.exec(statement)}

    def plans(self, *drafts: TierDraft, **renamed: str) -> list[TierPlan]:
        """Each draft changes the tier of its name, or of its former one."""
        return [TierPlan(self.tier_ids.get(renamed.get(draft.name, draft.name)), draft) for draft in drafts]

    def change(self, *drafts: TierDraft, **renamed: str) -> int | Refusal:
        version = self.session.get_one(Program, self.id).version
        outcome = tier_changes.change(self.session, self.id, self.plans(*drafts, **renamed), version=version)
        self.session.expire_all()
        return outcome

    def standing(self, *, settled: bool = True) -> dict[str, tuple[str | None, datetime | None]]:
        found = {}
        for name, member in self.members.items():
            if settled:
                nightly.run(self.session, member)
            self.session.expire_all()
            row = self.session.get_one(Membership, member)
            tier = None if row.tier_id is None else self.session.get_one(Tier, row.tier_id).name
            found[name] = (tier, row.tier_until)
        return found


def test_a_preview_says_who_moves_and_writes_nothing(session: Session, frozen_clock: FrozenClock) -> None:
    shop = Club(session)
    before = [row.model_dump() for row in session.exec(select(Membership))]

    found = tier_changes.preview(
        session, shop.id, shop.plans(BASE, replace(SILVER, threshold=50), replace(GOLD, threshold=600))
    )

    assert isinstance(found, Preview)
    assert found.moves == (
        Move(shop.members["ada"], "Base", "Silver", is_up=True, at=None),
        Move(shop.members["cy"], "Gold", "Silver", is_up=False, at=END),
    )
    assert (dict(found.now), dict(found.following)) == ({"Base": 1, "Silver": 1, "Gold": 1}, {"Silver": 3})
    assert found.is_complete
    session.expire_all()
    assert [row.model_dump() for row in session.exec(select(Membership))] == before
    assert list(shop.tier_ids) == ["Base", "Silver", "Gold"]


@pytest.mark.parametrize("members", [1, 40])
@pytest.mark.parametrize("window", [TierWindow.ROLLING, TierWindow.ANNIVERSARY])
def test_a_preview_takes_as_many_statements_for_one_member_as_for_forty(
    session: Session,
    frozen_clock: FrozenClock,
    statements: Callable[[], AbstractContextManager[list[str]]],
    members: int,
    window: TierWindow,
) -> None:
    program_id = make.program(session, club(tier_window=window, tier_or_basis=TierBasis.SPEND))
    for number in range(members):
        make.member(session, program_id, f"c-{number}")
    session.flush()

    with statements() as seen:
        found = tier_changes.preview(session, program_id, [TierPlan(None, BASE)])

    assert isinstance(found, Preview)
    assert found.now["Base"] == members
    assert len(seen) <= 5


def test_nobody_goes_down_before_their_date_and_whoever_meets_more_goes_up(
    session: Session, frozen_clock: FrozenClock
) -> None:
    shop = Club(session)

    accepted(shop.change(BASE, replace(SILVER, threshold=50), replace(GOLD, threshold=600)))
    at_once, due = shop.standing(settled=False), list(nightly.due(session, after=0, limit=10))
    in_the_night = shop.standing()
    frozen_clock.move_to(END)
    after_the_term = shop.standing()

    assert at_once == {"ada": ("Base", None), "bea": ("Silver", END), "cy": ("Gold", END)}
    assert due == sorted(shop.members.values())
    assert in_the_night == {"ada": ("Silver", END), "bea": ("Silver", END), "cy": ("Gold", END)}
    assert after_the_term["cy"][0] == "Base"


def test_a_return_does_not_end_a_tier_that_is_kept_over_a_risen_threshold(
    session: Session, frozen_clock: FrozenClock
) -> None:
    shop = Club(session)
    order_id = make.spent(session, 30, customer="cy", external_id="1001")
    accepted(shop.change(BASE, SILVER, replace(GOLD, threshold=1000)))

    make.refunded(session, "1001", 30, order_id=order_id)

    assert shop.standing()["cy"] == ("Gold", END)


def test_a_base_tier_that_now_needs_something_ends_with_a_term_from_today(
    session: Session, frozen_clock: FrozenClock
) -> None:
    shop = Club(session)

    accepted(shop.change(replace(BASE, threshold=60), SILVER, GOLD))
    kept = shop.standing()["ada"]
    frozen_clock.move_to(END)

    assert kept == ("Base", END)
    assert shop.standing()["ada"] == (None, None)


def test_a_tier_left_out_goes_and_its_members_and_rewards_move_to_the_one_above(
    session: Session, frozen_clock: FrozenClock
) -> None:
    shop = Club(session)
    gold = shop.tier_ids["Gold"]

    accepted(shop.change(BASE, GOLD))
    accepted(shop.change(BASE, make.tier("Star", 300), GOLD))

    assert shop.standing()["bea"] == ("Gold", END)
    assert only(session, Reward).tier_id == gold
    places = {name: session.get_one(Tier, tier_id).position for name, tier_id in shop.tier_ids.items()}
    assert places == {"Base": 0, "Star": 1, "Gold": 2}


def test_without_any_tier_left_nobody_has_one(session: Session, frozen_clock: FrozenClock) -> None:
    shop = Club(session)

    accepted(shop.change())

    assert {tier for tier, _ in shop.standing().values()} == {None}
    assert only(session, Reward).tier_id is None


def test_tiers_are_renamed_and_swap_places(session: Session, frozen_clock: FrozenClock) -> None:
    shop = Club(session)
    ids = shop.tier_ids

    accepted(shop.change(BASE, make.tier("Oak", 500), make.tier("Ash", 900), Oak="Silver", Ash="Gold"))

    assert shop.tier_ids == {"Base": ids["Base"], "Oak": ids["Silver"], "Ash": ids["Gold"]}


def test_two_changes_of_one_revision_conflict(session: Session, frozen_clock: FrozenClock) -> None:
    shop = Club(session)
    plans = shop.plans(BASE, SILVER)

    accepted(tier_changes.change(session, shop.id, plans, version=1))
    session.expire_all()
    second = tier_changes.change(session, shop.id, shop.plans(BASE), version=1)

    assert second == Refusal(LoyaltyRefusal.CONFLICT, ("revision",))
    assert list(shop.tier_ids) == ["Base", "Silver"]


@pytest.mark.parametrize(
    "plans, code, field",
    [
        ([TierPlan(1, BASE)], LoyaltyRefusal.TIER_NOT_FOUND, ("tiers", "0", "tierId")),
        ([TierPlan(None, SILVER), TierPlan(None, BASE)], LoyaltyRefusal.OUT_OF_RANGE, ("tiers", "1", "threshold")),
        ([TierPlan(None, BASE)] * 51, LoyaltyRefusal.TOO_MANY, ("tiers",)),
    ],
)
def test_tiers_that_cannot_be_are_refused_and_nothing_changes(
    session: Session,
    frozen_clock: FrozenClock,
    plans: list[TierPlan],
    code: LoyaltyRefusal,
    field: tuple[str, ...],
) -> None:
    shop = Club(session)

    refused = [
        tier_changes.preview(session, shop.id, plans),
        tier_changes.change(session, shop.id, plans, version=1),
    ]

    for each in refused:
        assert isinstance(each, Refusal)
        assert (each.code, each.field) == (code, field)
    assert session.get_one(Program, shop.id).version == 1
    assert tier_changes.preview(session, 1, []) == Refusal(LoyaltyRefusal.PROGRAM_NOT_FOUND, ("programId",))
