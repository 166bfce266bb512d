"""Make a revision of a review: the words as written, once and for all, and what the screens say of them."""

from dataclasses import dataclass

from sqlmodel import Session

from core import clock
from ugc.drafts import LICENCE, Words
from ugc.screening import circumstances, pipeline
from ugc.screening.circumstances import Subject
from ugc.screening.pipeline import Screening
from ugc.screening.wording import body_hash
from ugc.tables.reviews import ReviewRevision


@dataclass(frozen=True, slots=True)
class Screened:
    """A revision that is not stored yet, and what the screens said."""

    revision: ReviewRevision
    screening: Screening

    def keep_verdicts(self, session: Session) -> None:
        """Store the verdicts, once the revision is."""
        session.flush()
        pipeline.keep(session, self.screening, review_id=self.revision.review_id, revision_no=self.revision.no)


def screen(session: Session, subject: Subject, words: Words, *, no: int, incentivised: bool) -> Screened:
    """Revision `no` of the subject in these words, screened."""
    hashed = body_hash(words.body)
    around = circumstances.around(session, subject, body_hash=hashed)
    # from here on nothing knows the stars but the revision itself
    screening = pipeline.screen(words.text(), around)
    revision = ReviewRevision(
        review_id=subject.review_id,
        no=no,
        rating=words.rating,
        title=words.title,
        body=words.body,
        locale=words.locale,
        body_hash=hashed,
        incentivised=incentivised,
        sibling_copy=screening.is_sibling_copy,
        licence=LICENCE,
        created_at=clock.now(),
    )
    return Screened(revision, screening)
