"""Joining with consents and an age, agreeing to changed terms, leaving and coming back."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from core import clock
from core.outbox import OutboxEvent
from core.refusal import Refusal
from loyalty import ages, memberships, nightly, programs, referrals, rewards
from loyalty.memberships import JoinDraft
from loyalty.queries import balances
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import (
    ClawbackPolicy,
    LedgerEntry,
    Lot,
    Membership,
    Program,
    ProgramTerms,
    Redemption,
    Reward,
    Tier,
    TierBasis,
)
from shop.consents import ConsentDraft
from shop.refusals import ShopRefusal
from shop.tables import Consent, Customer
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, balance, count, only, points, rows
from tests.make import loyalty as make
from tests.make import shop


def wish(session: Session, program_id: int, *, birthday: date | None = None, **more: object) -> JoinDraft:
    customer_id = shop.customer(session, "camille")
    return replace(JoinDraft(program_id, customer_id, "1", "STOREFRONT", birthday), **more)  # type: ignore[arg-type]


def for_adults(session: Session) -> int:
    return make.program(session, replace(make.program_draft(zone="Europe/Paris"), minimum_age=18))


@pytest.mark.parametrize(
    "born, day, age",
    [
        (date(2008, 3, 2), date(2026, 3, 1), 17),
        (date(2008, 3, 2), date(2026, 3, 2), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
    ],
)
def test_one_is_a_year_older_on_the_birthday_and_after_the_29th_of_february(born: date, day: date, age: int) -> None:
    assert ages.on(born, day) == age


def test_a_minimum_age_is_held_to_the_birthday_on_file_and_else_to_the_one_told(
    session: Session, frozen_clock: FrozenClock
) -> None:
    # 2 March in Paris already
    frozen_clock.move_to(datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    program_id = for_adults(session)

    unknown = memberships.join(session, wish(session, program_id))
    session.expire_all()
    impossible = memberships.join(session, wish(session, program_id, birthday=date(2027, 1, 1)))
    grown_up = memberships.join(session, wish(session, program_id, birthday=date(2008, 3, 2)))

    assert unknown == Refusal(LoyaltyRefusal.BIRTHDAY_REQUIRED, ("birthday",))
    assert impossible == Refusal(ShopRefusal.INVALID_BIRTHDAY, ("birthday",))
    assert isinstance(grown_up, int)
    assert only(session, Customer).birthday == date(2008, 3, 2)


def test_nobody_grows_older_by_telling_another_birthday(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = for_adults(session)
    draft = wish(session, program_id, birthday=date(1990, 1, 1))
    session.get_one(Customer, draft.customer_id).birthday = date(2010, 1, 1)
    session.flush()

    refused = memberships.join(session, draft)

    assert refused == Refusal(LoyaltyRefusal.TOO_YOUNG, ("birthday",), {"age": 18})
    assert (count(session, Membership), only(session, Customer).birthday) == (0, date(2010, 1, 1))


def test_a_program_without_a_minimum_keeps_no_birthday(session: Session, frozen_clock: FrozenClock) -> None:
    shop.accepted(memberships.join(session, wish(session, make.program(session), birthday=date(1990, 1, 1))))

    assert only(session, Customer).birthday is None


def test_consents_are_kept_with_where_and_when(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = make.program(session)
    letter = ConsentDraft(purpose="newsletter", granted=True, source="STOREFRONT", at=clock.now())

    nameless = memberships.join(session, wish(session, program_id, consents=(replace(letter, purpose=" "),)))
    too_many = memberships.join(session, wish(session, program_id, consents=(letter,) * 21))
    none_kept = count(session, Consent) + count(session, Membership)
    shop.accepted(memberships.join(session, wish(session, program_id, consents=(letter,))))

    kept = only(session, Consent)
    assert nameless == Refusal(ShopRefusal.REQUIRED, ("consents", "0", "purpose"))
    assert too_many == Refusal(LoyaltyRefusal.TOO_MANY, ("consents",), {"maximum": 20})
    assert none_kept == 0
    assert (kept.purpose, kept.granted, kept.source, kept.at) == ("newsletter", True, "STOREFRONT", clock.now())


def test_changed_terms_are_told_and_leave_members_theirs(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = make.program(session)
    member = make.member(session, program_id)
    customer_id = shop.customer(session, "camille")
    frozen_clock.advance(days=1)

    shop.accepted(programs.change_terms(session, program_id, "2"))
    session.expire_all()
    make.spent(session, 10)
    kept = session.get_one(Membership, member).terms_version
    newcomer = memberships.join(session, JoinDraft(program_id, shop.customer(session, "bea"), "1", "STOREFRONT"))
    outdated = memberships.accept_terms(session, customer_id=customer_id, program_id=program_id, version="1")
    for _ in range(2):
        frozen_clock.advance(days=1)
        shop.accepted(memberships.accept_terms(session, customer_id=customer_id, program_id=program_id, version="2"))
    session.expire_all()

    row = session.get_one(Membership, member)
    current = Refusal(LoyaltyRefusal.TERMS_OUTDATED, ("termsVersion",), {"version": "2"})
    assert (kept, balance(session, member).balance) == ("1", 10)
    assert newcomer == outdated == current
    assert (row.terms_version, row.terms_agreed_at) == ("2", clock.now() - timedelta(days=1))
    assert [event.payload for event in rows(session, OutboxEvent) if event.name == "TermsChanged"] == [
        {"programId": program_id, "termsVersion": "2"}
    ]
    assert sorted(session.exec(select(ProgramTerms.version))) == ["1", "2"]


@pytest.mark.parametrize("version, code", [("1", LoyaltyRefusal.TERMS_VERSION_TAKEN), (" ", LoyaltyRefusal.REQUIRED)])
def test_terms_need_a_version_of_their_own(
    session: Session, frozen_clock: FrozenClock, version: str, code: LoyaltyRefusal
) -> None:
    program_id = make.program(session)

    refused = programs.change_terms(session, program_id, version)

    assert isinstance(refused, Refusal)
    assert (refused.code, only(session, Program).terms_version) == (code, "1")


def left(session: Session, program_id: int) -> int | Refusal:
    return memberships.leave(session, customer_id=shop.customer(session, "camille"), program_id=program_id)


def test_leaving_forfeits_what_was_earned_and_keeps_what_was_taken(session: Session, frozen_clock: FrozenClock) -> None:
    draft = make.program_draft(pending_days=3, rewards=(make.voucher(60),), tiers=(make.tier("Gold", 100),))
    program_id = make.program(session, draft)
    member = make.member(session, program_id)
    make.spent(session, 100)
    frozen_clock.advance(days=4)
    customer_id = shop.customer(session, "camille")
    shop.accepted(rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id))
    make.spent(session, 5)

    shop.accepted(left(session, program_id))
    session.expire_all()
    again = left(session, program_id)
    make.spent(session, 100)

    row = session.get_one(Membership, member)
    assert again == Refusal(LoyaltyRefusal.NOT_A_MEMBER, ("programId",))
    # waiting points go too
    assert points(session, member) == [100, -60, 5, -45]
    assert (rows(session, LedgerEntry)[-1].explanation, row.tier_id, row.left_at) == (
        "LEFT_PROGRAM",
        None,
        clock.now(),
    )
    assert balances.of_customer(session, customer_id) == []
    assert only(session, Redemption).state == "ISSUED"
    assert [event.name for event in rows(session, OutboxEvent)][-3:] == ["PointsMoved", "MemberLeft", "OrderPaid"]
    assert_adds_up(session)


def test_who_comes_back_starts_anew_and_a_late_return_takes_nothing(
    session: Session, frozen_clock: FrozenClock
) -> None:
    program_id = make.program(session, make.program_draft(tiers=(make.tier("Gold", 100),)))
    member = make.member(session, program_id)
    order_id = make.spent(session, 100, external_id="1001")
    shop.accepted(left(session, program_id))
    frozen_clock.advance(days=1)

    back = make.member(session, program_id)
    session.expire_all()
    tier = session.get_one(Membership, back).tier_id
    make.spent(session, 20)
    make.refunded(session, "1001", 100, order_id=order_id)

    assert (back, tier, balance(session, back).balance) == (member, None, 20)
    assert session.get_one(Membership, member).joined_at == clock.now()
    assert count(session, Membership) == 1
    assert_adds_up(session)


def test_leaving_is_no_way_out_of_a_debt(session: Session, frozen_clock: FrozenClock) -> None:
    draft = make.program_draft(clawback=ClawbackPolicy.UNLIMITED, rewards=(make.voucher(100),))
    program_id = make.program(session, draft)
    member = make.member(session, program_id)
    order_id = make.spent(session, 100, external_id="1001")
    customer_id = shop.customer(session, "camille")
    shop.accepted(rewards.redeem(session, customer_id=customer_id, reward_id=only(session, Reward).id))
    make.refunded(session, "1001", 30, order_id=order_id)

    shop.accepted(left(session, program_id))
    make.member(session, program_id)
    make.spent(session, 50)

    assert (balance(session, member).balance, balance(session, member).deficit) == (20, 0)
    assert_adds_up(session)


def test_the_code_of_a_member_who_left_brings_nobody(session: Session, frozen_clock: FrozenClock) -> None:
    program_id = make.program(session, make.program_draft(make.A_FRIEND))
    make.member(session, program_id)
    customer_id = shop.customer(session, "camille")
    code = shop.accepted(referrals.create_code(session, customer_id=customer_id, program_id=program_id))
    make.member(session, program_id, "bea")
    shop.accepted(left(session, program_id))

    refused = referrals.accept(session, customer_id=shop.customer(session, "bea"), code=code)

    assert refused == Refusal(LoyaltyRefusal.NOT_ELIGIBLE, ("code",))


def test_a_tier_by_balance_follows_points_that_become_spendable(session: Session, frozen_clock: FrozenClock) -> None:
    draft = replace(
        make.program_draft(zone="UTC", pending_days=3, tiers=(make.tier("Gold", 100),)), tier_basis=TierBasis.BALANCE
    )
    member = make.member(session, make.program(session, draft))
    make.spent(session, 100)
    waiting = list(nightly.due(session, after=0, limit=5)), session.get_one(Membership, member).tier_id

    frozen_clock.move_to(only(session, Lot).available_at)
    due = list(nightly.due(session, after=0, limit=5))
    nightly.run(session, member)
    session.expire_all()

    assert (waiting, due) == (([], None), [member])
    assert session.get_one(Membership, member).tier_id == only(session, Tier).id
