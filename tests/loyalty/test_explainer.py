"""A program explained: every rule, reward, tier and term has its sentence, in every language."""

from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session

from core import texts
from loyalty import explainer, lifecycle
from loyalty.explainer import Said
from loyalty.queries import catalogue
from loyalty.tables import Program, RewardKind, RuleKind, TierBasis, TierTerm, TierWindow
from tests.conftest import FrozenClock
from tests.make import loyalty as make
from tests.make.shop import accepted

LOCALES = ("en", "fr", "zh-TW")


def explained(session: Session, program_id: int, locale: str = "en") -> dict[str, list[str]]:
    session.expire_all()
    rules = catalogue.rules(session, [program_id]).get(program_id, ())
    tiers = catalogue.tiers(session, [program_id]).get(program_id, ())
    rewards = catalogue.rewards(session, [program_id]).get(program_id, ())
    found = explainer.explain(session.get_one(Program, program_id), rules, tiers, rewards)

    def say(said: Said) -> str:
        return texts.say("loyalty", explainer.text_key(said.code), locale, zone="Europe/Paris", **said.params)

    return {name: [say(each) for each in getattr(found, name)] for name in ("earn", "spend", "tiers", "expiry")}


def test_a_program_says_how_to_earn_to_spend_and_to_rise(session: Session, frozen_clock: FrozenClock) -> None:
    gold = replace(make.tier("Gold", 35_000, multiplier=12_550), or_threshold=10, early_access_minutes=30)
    draft = make.program_draft(
        make.ONE_PER_EURO,
        replace(make.FIFTY_A_REVIEW, member_limit=3),
        make.A_FRIEND,
        pending_days=14,
        lot_months=12,
        tier_grace_days=30,
        tiers=(make.tier("Leaf", 0), gold),
        rewards=(make.voucher(tier="Gold"),),
    )
    bases = {"tier_basis": TierBasis.SPEND, "tier_or_basis": TierBasis.VISITS}
    program_id = make.program(session, replace(draft, **bases))  # type: ignore[arg-type]
    accepted(lifecycle.close(session, program_id, last_day=date(2026, 6, 30)))

    assert explained(session, program_id) == {
        "earn": [
            "1 point for every €1.00 you spend.",
            "50 points for a review that is published, whatever it says.",
            "At most 3 times.",
            "100 points for bringing a friend who orders; your friend gets 40.",
            "This goes for orders from €20.00.",
            "Points can be spent 14 days after you earn them.",
        ],
        "spend": ["Voucher: €5.00 off for 100 points.", "Voucher is for members from Gold on."],
        "tiers": [
            "Leaf: every member, from the first day.",
            "Gold: from €350.00 of orders.",
            "Gold: from 10 visits.",
            "Gold earns 125.50 % of the points for what you spend.",
            "Gold buys 30 minutes before others.",
            "What counts is the last 12 months.",
            "A tier lasts 12 months from the day you reach it.",
            "After that come 30 days of grace.",
        ],
        "expiry": [
            "Points last 12 months once they can be spent.",
            "The program closes: points can be spent through 30 June 2026.",
        ],
    }
    assert explained(session, program_id, "fr")["spend"] == [
        "Voucher : 5,00\xa0€ de réduction pour 100 points.",
        "Voucher est réservé aux membres à partir de Gold.",
    ]


@pytest.mark.parametrize("window, term", [(window, term) for window in TierWindow for term in TierTerm])
def test_every_window_and_term_is_said_in_every_language(
    session: Session, frozen_clock: FrozenClock, window: TierWindow, term: TierTerm
) -> None:
    life = replace(make.tier("Gold", 10), never_downgrade=True)
    program_id = make.program(session, make.program_draft(tiers=(life,)))
    program = session.get_one(Program, program_id)
    program.tier_window, program.tier_term = window, term
    session.flush()

    for locale in LOCALES:
        told = explained(session, program_id, locale)
        assert len(told["tiers"]) == 4
        assert len(told["expiry"]) == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_every_kind_has_its_sentence(locale: str) -> None:
    codes = [f"earn.{kind}" for kind in RuleKind] + [f"spend.{kind}" for kind in RewardKind]
    codes += [f"tier.{basis}" for basis in TierBasis] + ["earn.EACH_ORDER"]
    blanks = {"count": 1, "friend": 1, "amount": 1, "percent": 1, "reward": "Mug", "tier": "Gold"}

    for code in codes:
        assert texts.say("loyalty", explainer.text_key(code), locale, **blanks)  # type: ignore[arg-type]
