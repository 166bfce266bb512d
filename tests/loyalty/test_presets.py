"""A preset is a file that says whose mechanics it follows, which of its numbers have no source, and makes a program."""

import pytest
from sqlmodel import Session

from core.refusal import Refusal
from loyalty import presets, programs
from loyalty.presets import Preset
from loyalty.queries import plans
from loyalty.refusals import LoyaltyRefusal
from loyalty.tables import PriceRise, Program
from tests.make.shop import accepted

EVERY = pytest.mark.parametrize("preset", presets.presets(), ids=lambda preset: preset.key)


@EVERY
def test_a_preset_makes_a_running_program(session: Session, preset: Preset) -> None:
    draft = presets.draft(preset.key, {})
    assert not isinstance(draft, Refusal)

    program = session.get_one(Program, accepted(programs.create(session, draft)))

    assert (program.preset, program.name) == (preset.key, preset.program.name)


@EVERY
def test_it_says_in_both_languages_what_it_is_and_what_no_source_gives(preset: Preset) -> None:
    assert preset.is_illustrative == (preset.as_published is None)
    assert preset.is_illustrative == ("*" in {each.setting for each in preset.illustrative})
    for words in (preset.title, preset.mechanics, *(each.why for each in preset.illustrative)):
        assert set(words) == {"en", "fr"}
        assert all(words.values())


@EVERY
def test_what_it_calls_illustrative_is_one_of_its_settings(preset: Preset) -> None:
    settings = preset.model_dump()["program"]
    for each in preset.illustrative:
        found = settings
        for step in each.setting.split(".") if each.setting != "*" else ():
            found = found[int(step)] if step.isdigit() else found[step]


@EVERY
def test_its_shown_name_is_the_mechanics_not_whose_they_are(preset: Preset) -> None:
    shown = " ".join((preset.program.name, preset.program.handle, *preset.title.values())).lower()
    assert not any(word in shown for word in preset.modelled_on.lower().split() if len(word) > 3)


def test_a_merchant_keeps_their_own_settings(session: Session) -> None:
    draft = presets.draft("nine-west", {"handle": "club", "currency": "EUR", "zone": None})
    assert not isinstance(draft, Refusal)

    assert (draft.handle, draft.currency, draft.zone) == ("club", "EUR", "America/New_York")


def test_an_unknown_preset_is_refused() -> None:
    assert presets.draft("nobody", {}) == Refusal(LoyaltyRefusal.PRESET_NOT_FOUND, ("preset",))


def test_thirty_days_of_trial_then_a_month_or_a_year(session: Session) -> None:
    draft = presets.draft("amazon-prime", {})
    assert not isinstance(draft, Refusal)

    program = accepted(programs.create(session, draft))

    offered = plans.offered(session, [program])[program]
    assert [(plan.handle, plan.months, plan.price_minor, plan.trial_days, plan.eligibility) for plan in offered] == [
        ("access-monthly", 1, 699, 30, "access"),
        ("student-monthly", 1, 749, 30, "student"),
        ("monthly", 1, 1499, 30, None),
        ("student-yearly", 12, 6900, 30, "student"),
        ("yearly", 12, 13900, 30, None),
    ]
    assert {plan.price_rise for plan in offered} == {PriceRise.KEEP_OLD}
