"""The premoderation screen: who is looked at first."""

import pytest

from ugc.screening.premoderation import SCREEN
from ugc.screening.screen import Circumstances, ReviewText, ScreenCode

TEXT = ReviewText(title=None, body="Un très bon thé noir.", locale="fr-FR")


@pytest.mark.parametrize(
    "has_bought, published_before, code",
    [(False, 0, ScreenCode.FIRST_CONTRIBUTION), (True, 0, None), (False, 1, None)],
)
def test_a_strangers_first_contribution_waits(has_bought: bool, published_before: int, code: ScreenCode | None) -> None:
    around = Circumstances(has_bought=has_bought, published_before=published_before)

    assert SCREEN.look(TEXT, around).code is code
