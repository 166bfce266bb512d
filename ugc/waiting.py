"""That a photo has come to wait for a moderator, or waits no more. Of texts, ugc.moves tells the same."""

from sqlmodel import Session

from core import outbox
from ugc.events import QueueEvent
from ugc.queries.photos import ReviewOfPhoto


def photo_entered(session: Session, photo_id: int, review: ReviewOfPhoto) -> None:
    """A ready photo belongs to a review and nobody has decided about it."""
    _tell(session, QueueEvent.ENTERED, photo_id, review)


def photo_left(session: Session, photo_id: int, review: ReviewOfPhoto) -> None:
    """The first decision about it has been made."""
    _tell(session, QueueEvent.LEFT, photo_id, review)


def _tell(session: Session, name: QueueEvent, photo_id: int, review: ReviewOfPhoto) -> None:
    payload = {"photoId": photo_id, "reviewId": review.id, "productId": review.product_id}
    outbox.record(session, name, aggregate=("Photo", photo_id), payload=payload)
