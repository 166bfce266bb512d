"""Whether a person must look first, by who writes and not by what. The words themselves are the other screens'."""

from ugc.screening.screen import PASS, Circumstances, ReviewText, Screen, ScreenCode, Verdict
from ugc.tables.reviews import ScreenOutcome


def look(_text: ReviewText, circumstances: Circumstances) -> Verdict:
    """Queue the first contribution of someone who has not bought the product and has nothing public yet."""
    if circumstances.has_bought or circumstances.published_before > 0:
        return PASS
    return Verdict(ScreenOutcome.QUEUE, ScreenCode.FIRST_CONTRIBUTION)


SCREEN = Screen("premoderation", "1", look)
