"""docs/referrals.md has the table of stages and the weights that the code has."""

import re
from pathlib import Path

from loyalty.referral_signals import SIGNALS
from loyalty.referral_stages import MOVES
from loyalty.tables import ReferralStage
from loyalty.tables.referrals import state_of

PAGE = (Path(__file__).resolve().parent.parent.parent / "docs" / "referrals.md").read_text()


def rows(*, columns: int) -> list[list[str]]:
    """The rows of the page's tables of so many columns."""
    lines = re.findall(r"(?m)^\| ([A-Z_]+ \| .*) \|$", PAGE)
    return [cells for line in lines if len(cells := [cell.strip() for cell in line.split("|")]) == columns]


def test_the_page_has_every_stage_with_its_state_and_what_may_follow() -> None:
    told = {stage: (state, following) for stage, _, state, following in rows(columns=4)}

    assert told == {
        stage.value: (
            state_of(stage).value,
            ", ".join(each.value for each in ReferralStage if each in following),
        )
        for stage, following in MOVES.items()
    }


def test_the_page_has_every_signal_with_its_weight() -> None:
    assert [(name, int(weight)) for name, weight, _ in rows(columns=3)] == [
        (signal.name.value, signal.weight) for signal in SIGNALS
    ]
