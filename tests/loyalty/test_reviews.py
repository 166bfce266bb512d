"""A published review earns whatever it says; one that leaves the public gives the points back."""

from dataclasses import fields, replace

from sqlmodel import Session

from core import clock
from loyalty import earning, reviews
from loyalty.earning.occasion import Occasion
from loyalty.tables import EarningRule, Membership, RuleKind
from tests.conftest import FrozenClock
from tests.loyalty.sums import assert_adds_up, points
from tests.make import loyalty as make
from tests.make import shop


def author(session: Session, *, limit: int | None = None) -> tuple[int, int]:
    rule = replace(make.FIFTY_A_REVIEW, member_limit=limit)
    member = make.member(session, make.program(session, make.program_draft(rule)))
    return member, session.get_one(Membership, member).customer_id


def left_public(session: Session, review_id: int, *, author_id: int, cause_id: int) -> None:
    reviews.left_public(session, review_id=review_id, author_id=author_id, cause_id=cause_id, at=clock.now())


def test_publishing_twice_earns_once(session: Session, frozen_clock: FrozenClock) -> None:
    member, author_id = author(session)

    make.reviewed(session, 7, author_id=author_id, cause_id=1)
    make.reviewed(session, 7, author_id=author_id, cause_id=1)
    make.reviewed(session, 7, author_id=author_id, cause_id=2)

    assert points(session, member) == [50]


def test_leaving_the_public_takes_the_points_and_coming_back_returns_them(
    session: Session, frozen_clock: FrozenClock
) -> None:
    member, author_id = author(session)

    make.reviewed(session, 7, author_id=author_id, cause_id=1)
    left_public(session, 7, author_id=author_id, cause_id=2)
    left_public(session, 7, author_id=author_id, cause_id=2)
    make.reviewed(session, 7, author_id=author_id, cause_id=1)
    make.reviewed(session, 7, author_id=author_id, cause_id=3)

    assert points(session, member) == [50, -50, 50]
    assert_adds_up(session)


def test_a_promise_stands_while_a_live_rule_would_pay(session: Session, frozen_clock: FrozenClock) -> None:
    _, author_id = author(session, limit=1)

    before = reviews.promise(session, author_id)
    make.reviewed(session, 7, author_id=author_id)
    after = reviews.promise(session, author_id)

    assert (before, after) == (True, False)
    assert not reviews.promise(session, shop.customer(session, "no-member"))


def test_no_rule_can_see_a_stars_value() -> None:
    known = {field.name for field in fields(Occasion)} | set(EarningRule.model_fields)

    assert not {name for name in known if name in ("stars", "rating")}


def test_every_kind_of_rule_has_its_file() -> None:
    assert {rule.kind for rule in earning.EARNING_RULES} == set(RuleKind)
