"""Run every screen over a text and keep what each said. What follows for the review is the caller's to do."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from core import clock, ids
from ugc.screening import SCREENS
from ugc.screening.screen import Circumstances, ReviewText, Screen, ScreenCode, Verdict
from ugc.states import ReviewStatus
from ugc.tables.reviews import ScreenOutcome, ScreenVerdict

_STATUS = {ScreenOutcome.QUEUE: ReviewStatus.QUEUED, ScreenOutcome.WITHHOLD: ReviewStatus.WITHHELD}


@dataclass(frozen=True, slots=True)
class Screening:
    """What all screens said of one text, in their order."""

    verdicts: tuple[tuple[Screen, Verdict], ...]

    @property
    def status(self) -> ReviewStatus:
        """The state that the first screen with a demand asks for; PUBLISHED when none has one."""
        demands = (_STATUS[verdict.outcome] for _, verdict in self.verdicts if verdict.outcome in _STATUS)
        return next(demands, ReviewStatus.PUBLISHED)

    @property
    def is_sibling_copy(self) -> bool:
        """Whether the author has said the same of a sibling."""
        return any(verdict.code is ScreenCode.SIBLING_COPY for _, verdict in self.verdicts)


def screen(text: ReviewText, circumstances: Circumstances) -> Screening:
    """Ask every screen, also those after the first demand: a moderator sees all reasons at once."""
    return Screening(tuple((each, each.look(text, circumstances)) for each in SCREENS))


def keep(session: Session, screening: Screening, *, review_id: int, revision_no: int) -> None:
    """Store every verdict with its passages, the screen's version and the time."""
    session.add_all(ScreenVerdict(**columns) for columns in rows(screening, review_id, revision_no))


def rows(screening: Screening, review_id: int, revision_no: int) -> list[dict[str, Any]]:
    """The columns of the ScreenVerdicts that `keep` stores, for those who store many at a time."""
    now = clock.now()
    return [
        {
            "id": ids.new_id(),
            "review_id": review_id,
            "revision_no": revision_no,
            "screen": asked.name,
            "outcome": verdict.outcome,
            "code": verdict.code,
            "spans": [
                {"field": span.field.value, "start": span.start, "end": span.end, "match": span.match}
                for span in verdict.spans
            ],
            "version": asked.version,
            "at": now,
        }
        for asked, verdict in screening.verdicts
    ]
