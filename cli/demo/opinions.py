"""The demo's reviews as acts on a timeline: written, edited, screened, decided about. Nobody is spared a screen."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlmodel import Session

from cli.demo.catalogue import Catalogue
from cli.demo.dates import morning_after
from cli.demo.outcome import done
from cli.demo.records import Opinion, Wording
from cli.demo.timeline import Act, Timeline
from loyalty import reviews as review_points
from ugc import moderation, photos, reviews
from ugc.drafts import EditDraft, ReviewDraft, Words
from ugc.moderation import Decision
from ugc.tables.photos import Photo, PhotoStatus
from ugc.tables.reviews import Review

# the moderators' first hour; each review has its own minute of it
_MORNING = time(9, 5)
_MINUTES = 50
_WAITS = "queue"
_REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Desk:
    """Who decides, by turns, and in which zone their morning is."""

    staff: tuple[int, ...]
    zone: str

    def turn(self, number: int) -> int:
        """The account whose turn it is."""
        return self.staff[number % len(self.staff)]

    def morning_after(self, instant: datetime, number: int) -> datetime:
        """When they look at what was written at `instant`."""
        return morning_after(instant, _MORNING, self.zone) + timedelta(minutes=number % _MINUTES)


class Opinions:
    """Adds the reviews to a timeline. `photo_ids` are of uploads that are ready, by file name."""

    def __init__(self, timeline: Timeline, catalogue: Catalogue, desk: Desk, photo_ids: dict[str, int]) -> None:
        self._timeline = timeline
        self._catalogue = catalogue
        self._desk = desk
        self._photo_ids = photo_ids
        self._written: dict[str, int] = {}

    def add(self, opinions: list[Opinion], zones: dict[str, str]) -> None:
        """Every version of every review and, unless it is to wait, the decision of the morning after."""
        for number, opinion in enumerate(opinions):
            for index, wording in enumerate(opinion.versions):
                at = wording.instant(zones[opinion.storefront])
                self._timeline.add(at, self._editing(opinion, wording) if index else self._submitting(opinion, wording))
                if opinion.expected != _WAITS:
                    self._timeline.add(
                        self._desk.morning_after(at, number), self._deciding(opinion, self._desk.turn(number))
                    )

    def _submitting(self, opinion: Opinion, wording: Wording) -> Act:
        author_id = self._catalogue.customers[opinion.customer]
        product_id = self._catalogue.products[opinion.product]

        def act(session: Session) -> None:
            draft = ReviewDraft(
                product_id=product_id,
                author_id=author_id,
                storefront_id=self._catalogue.storefronts[opinion.storefront],
                words=_words(opinion, wording),
                promised=review_points.promise(session, author_id),
            )
            review_id = self._written[opinion.id] = done(reviews.submit(session, draft))
            sent = [self._photo_ids[name] for name in opinion.photos]
            done(photos.attach(session, review_id, sent, customer_id=author_id))

        return act

    def _editing(self, opinion: Opinion, wording: Wording) -> Act:
        author_id = self._catalogue.customers[opinion.customer]

        def act(session: Session) -> None:
            review = session.get_one(Review, self._written[opinion.id])
            draft = EditDraft(
                review_id=review.id,
                author_id=author_id,
                version=review.version,
                words=_words(opinion, wording),
                promised=review_points.promise(session, author_id),
            )
            done(reviews.edit(session, draft))

        return act

    def _deciding(self, opinion: Opinion, staff_id: int) -> Act:
        reason = opinion.fair.reason if opinion.fair and opinion.expected == _REJECT else None

        def act(session: Session) -> None:
            review = session.get_one(Review, self._written[opinion.id])
            decision = Decision(
                review_id=review.id,
                revision_no=review.latest_revision_no,
                version=review.version,
                staff_id=staff_id,
            )
            if reason:
                done(moderation.reject(session, decision, reason=reason))
            elif not review.decided:
                done(moderation.approve(session, decision))
            for name in opinion.photos:
                _approve_photo(session, self._photo_ids[name], staff_id)

        return act


def _words(opinion: Opinion, wording: Wording) -> Words:
    return Words(rating=wording.rating, title=wording.title, body=wording.body, locale=opinion.locale)


def _approve_photo(session: Session, photo_id: int, staff_id: int) -> None:
    photo = session.get_one(Photo, photo_id)
    if photo.status is PhotoStatus.PENDING:
        decision = photos.Decision(
            photo_id=photo.id, version=photo.version, staff_id=staff_id, status=PhotoStatus.APPROVED
        )
        done(photos.decide(session, decision))
