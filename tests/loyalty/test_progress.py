"""A member's way to the next tier, in numbers and in words."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlmodel import Session

from core import texts
from loyalty import progress
from loyalty.progress import Progress
from loyalty.tables import TierBasis, TierTerm, TierWindow
from tests.conftest import FrozenClock
from tests.make import loyalty as make


def words(found: Progress, locale: str = "en") -> list[str]:
    # the sentences of a member in Paris
    return [texts.say("loyalty", f"tier.{said.code}", locale, zone="Europe/Paris", **said.params) for said in found.why]


def test_what_lacks_and_what_keeps_are_told(session: Session, frozen_clock: FrozenClock) -> None:
    tiers = (make.tier("Base", 0), make.tier("Silver", 400), make.tier("Gold", 1000))
    member = make.member(session, make.program(session, make.program_draft(tiers=tiers)))

    on_base = progress.of(session, [member])[member]
    make.spent(session, 400)
    on_silver = progress.of(session, [member])[member]
    make.spent(session, 600)
    on_gold = progress.of(session, [member])[member]

    assert words(on_base) == ["You are Base, without an end.", "400 more points make you Silver."]
    assert on_silver.missing == {TierBasis.POINTS: 600}
    # the window that ends with the term no longer holds the day that reached it
    assert on_silver.to_keep == {TierBasis.POINTS: 400}
    assert words(on_silver, "fr") == [
        "Vous êtes Silver jusqu’au 1 mars 2027 inclus.",
        "Encore 400 points d’ici le 1 mars 2027 pour rester Silver.",
        "Encore 600 points pour devenir Gold.",
    ]
    assert words(on_gold)[-1] == "You have reached the highest tier."
    assert (on_gold.following, on_gold.missing) == (None, {})


def test_either_of_two_bases_is_told_and_what_is_secured(session: Session, frozen_clock: FrozenClock) -> None:
    gold = replace(make.tier("Gold", 35_000), or_threshold=10)
    draft = replace(
        make.program_draft(tiers=(gold,)),
        tier_basis=TierBasis.SPEND,
        tier_or_basis=TierBasis.VISITS,
        tier_window=TierWindow.CALENDAR_YEAR,
        tier_term=TierTerm.NEXT_PERIOD_END,
    )
    member = make.member(session, make.program(session, draft))
    make.spent(session, 100)

    below = progress.of(session, [member])[member]
    make.spent(session, 250)
    frozen_clock.move_to(datetime(2027, 1, 5, 12, tzinfo=UTC))
    next_year = progress.of(session, [member])[member]

    assert words(below) == ["Orders of another €250.00 make you Gold.", "10 more visits make you Gold."]
    assert words(next_year) == [
        "You are Gold through 31 December 2027.",
        "Orders of another €350.00 by 31 December 2027 keep you Gold.",
        "10 more visits by 31 December 2027 keep you Gold.",
        "You have reached the highest tier.",
    ]


@pytest.mark.parametrize("members", [1, 30])
def test_the_ways_of_many_take_as_many_statements_as_one(
    session: Session,
    frozen_clock: FrozenClock,
    statements: Callable[[], AbstractContextManager[list[str]]],
    members: int,
) -> None:
    program_id = make.program(session, make.program_draft(tiers=(make.tier("Gold", 10),)))
    found = [make.member(session, program_id, f"c-{number}") for number in range(members)]

    with statements() as seen:
        ways = progress.of(session, found)

    assert [ways[member].missing for member in found] == [{TierBasis.POINTS: 10}] * members
    assert len(seen) <= 4
