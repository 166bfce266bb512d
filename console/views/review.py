"""One review with its whole story, for whoever decides about it. The acts themselves are views.deciding's."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.responses import Response

from console import marking
from console.marking import Piece
from console.reasons import FAMILIES
from console.visit import Visit
from core import accounts
from core.identity import Permission
from core.refusal import Refusal
from shop import customers
from shop.tables import Customer
from ugc import cases, moderation, photos
from ugc.cases import ReviewCase
from ugc.queries.photos import PhotoRow
from ugc.states import ReviewAct, ReviewStatus, transition
from ugc.tables.reviews import ModerationDecision, ReviewRevision, ScreenOutcome, ScreenVerdict


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """What the page shows: the case, its photos, its author, and the names of the staff who decided."""

    case: ReviewCase
    photos: list[PhotoRow]
    customer: Customer | None
    names: dict[int, str]

    @property
    def verdicts(self) -> list[ScreenVerdict]:
        """What the screens had to say of the newest revision."""
        verdicts = self.case.verdicts_on(self.case.newest.no)
        return [verdict for verdict in verdicts if verdict.outcome is not ScreenOutcome.PASS]

    @property
    def title(self) -> list[Piece]:
        """The newest title, cut at the passages that screens mean."""
        return self._marked("title", self.case.newest.title or "")

    @property
    def body(self) -> list[Piece]:
        """The newest body, cut likewise."""
        return self._marked("body", self.case.newest.body)

    @property
    def may_approve(self) -> bool:
        """Whether there is an approval left to give."""
        return not isinstance(moderation.approvable(self.case.review), Refusal)

    @property
    def may_reject(self) -> bool:
        """Whether the newest revision can be turned down."""
        rejected = transition(self.case.review.latest_status, ReviewAct.REJECT, ReviewStatus.REJECTED)
        return not isinstance(rejected, Refusal)

    @property
    def public(self) -> ReviewRevision | None:
        """The revision that shoppers read while a newer one waits."""
        number = self.case.review.public_revision_no
        if number is None or number == self.case.newest.no:
            return None
        return next(revision for revision in self.case.revisions if revision.no == number)

    def undo_until(self, staff_id: int) -> datetime | None:
        """Until when this member of staff may take the last act back; None when they may not."""
        last = next(iter(self.case.decisions), None)
        return None if last is None else moderation.undo_until(last, staff_id=staff_id)

    def since(self, version: int) -> list[ModerationDecision]:
        """The acts after the review had this version, newest first."""
        return [act for act in self.case.decisions if act.version_before >= version]

    def passages(self, verdict: ScreenVerdict) -> list[str]:
        """What a verdict means, in the author's own letters."""
        texts = {"title": self.case.newest.title or "", "body": self.case.newest.body}
        return [piece.text for field, text in texts.items() for piece in marking.passages(text, verdict.spans, field)]

    def _marked(self, field: str, text: str) -> list[Piece]:
        return marking.pieces(text, [span for verdict in self.verdicts for span in verdict.spans], field)


async def show(visit: Visit) -> Response:
    """The review as it is now."""
    page = await visit.read(gather, visit.number("review_id"))
    if page is None:
        raise HTTPException(404)
    return visit.page(
        "review.html",
        review=page,
        families=FAMILIES,
        undo_until=page.undo_until(visit.staff_id),
        may_decide=visit.caller.may(Permission.MODERATE),
    )


def gather(session: Session, review_id: int) -> ReviewPage | None:
    """All that is shown of a review, in a bounded number of statements; None when there is no such review."""
    case = cases.review_for_decision(session, review_id)
    if case is None:
        return None
    author_id = case.review.author_id
    return ReviewPage(
        case=case,
        photos=photos.all_by_review(session, [review_id])[review_id],
        customer=customers.get(session, author_id) if author_id is not None else None,
        names=accounts.names_of(session, (act.staff_id for act in case.decisions if act.staff_id is not None)),
    )
