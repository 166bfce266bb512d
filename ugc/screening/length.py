"""Whether there is enough to read. The hard limits, which refuse, are ugc.drafts'."""

from ugc.screening.screen import PASS, Circumstances, ReviewText, Screen, ScreenCode, Verdict
from ugc.screening.wording import weight
from ugc.tables.reviews import ScreenOutcome

SHORTEST = 20


def look(text: ReviewText, _circumstances: Circumstances) -> Verdict:
    """A body of fewer than SHORTEST characters waits for a moderator; a Chinese character counts double."""
    if weight(text.body) >= SHORTEST:
        return PASS
    return Verdict(ScreenOutcome.QUEUE, ScreenCode.TEXT_SHORT)


SCREEN = Screen("length", "1", look)
