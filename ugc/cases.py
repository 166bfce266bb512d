"""What a moderator reads: the queue, one review with its whole story, the decision log. Deciding is moderation's."""

from collections import Counter
from dataclasses import dataclass

from sqlmodel import Session

from core.paging import Key, Page
from ugc.queries import cases as queries
from ugc.queries.cases import LogRow, QueueRow
from ugc.states import ReviewStatus
from ugc.tables.reviews import ModerationDecision, Review, ReviewRevision, ScreenVerdict

# beyond it the console says "1,000 and more": a count of everything would grow with the queue
MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A revision that waits, and the codes of what screens found."""

    row: QueueRow
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewCase:
    """All that is known of a review: revisions, verdicts with their passages and acts, newest first.

    `author` counts the same author's reviews by state, this one included; empty when the author is unknown.
    """

    review: Review
    product_name: str
    revisions: tuple[ReviewRevision, ...]
    verdicts: tuple[ScreenVerdict, ...]
    decisions: tuple[ModerationDecision, ...]
    author: Counter[ReviewStatus]

    @property
    def newest(self) -> ReviewRevision:
        """The revision that a decision is about."""
        return self.revisions[0]

    def verdicts_on(self, revision_no: int) -> tuple[ScreenVerdict, ...]:
        """What the screens said of one revision, in their order."""
        return tuple(verdict for verdict in self.verdicts if verdict.revision_no == revision_no)


def queue(
    session: Session,
    *,
    first: int,
    after: Key | None = None,
    status: ReviewStatus | None = None,
    language: str | None = None,
) -> Page[QueueItem]:
    """A page of what waits, the longest-waiting first; stars play no part. The key is (waiting_ms, id).

    `status` keeps one of the waiting states, `language` the texts of one language ("fr"). Two statements.
    """
    rows = queries.queue(session, after=after, limit=first + 1, status=status, language=language)
    return Page.cut(_items(session, rows), first=first, key=lambda item: (item.row.waiting_ms, item.row.review_id))


def queued(session: Session, review_id: int) -> QueueItem | None:
    """The review as the queue shows it; None when it does not wait. Two statements."""
    row = queries.queued(session, review_id)
    return _items(session, [row])[0] if row else None


def waiting_count(session: Session) -> int:
    """How many reviews wait, counted no further than MOST_COUNTED. One statement."""
    return queries.waiting(session, at_most=MOST_COUNTED)


def review_for_decision(session: Session, review_id: int) -> ReviewCase | None:
    """The review's whole story. Five statements, however long it is."""
    found = queries.review_with_product(session, review_id)
    if found is None:
        return None
    review, product_name = found
    return ReviewCase(
        review=review,
        product_name=product_name,
        revisions=tuple(queries.revisions(session, review_id)),
        verdicts=tuple(queries.verdicts(session, review_id)),
        decisions=tuple(queries.decisions(session, review_id)),
        author=queries.statuses_of(session, review.author_key) if review.author_key else Counter(),
    )


def decision_log(session: Session, *, first: int, after: Key | None = None) -> Page[LogRow]:
    """A page of what staff decided, newest first; the key is (id,). One statement."""
    rows = queries.log(session, before=after, limit=first + 1)
    return Page.cut(rows, first=first, key=lambda row: (row.decision.id,))


def _items(session: Session, rows: list[QueueRow]) -> list[QueueItem]:
    codes = queries.objections(session, [(row.review_id, row.revision_no) for row in rows]) if rows else {}
    return [QueueItem(row, tuple(codes.get(row.review_id, ()))) for row in rows]
