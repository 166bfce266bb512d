"""What loyalty does when something happens elsewhere. Which event calls which of these is worker.reactions'.

Each may be called any number of times, late and out of order: the ledger ends the same.
"""

from sqlmodel import Session

from core.outbox import Event
from loyalty import orders, reviews, tiers


def order_paid(session: Session, event: Event) -> None:
    """The order earns."""
    _settle_order(session, event)


def order_changed(session: Session, event: Event) -> None:
    """The order earns the difference, or gives it back."""
    _settle_order(session, event)


def order_refunded(session: Session, event: Event) -> None:
    """Points spent on the order come home, points it should not have earned go."""
    _settle_order(session, event)


def order_cancelled(session: Session, event: Event) -> None:
    """Everything that the order earned and cost in points is undone."""
    _settle_order(session, event)


def points_moved(session: Session, event: Event) -> None:
    """A tier by balance follows the points; others look at what was earned, when it is earned."""
    tiers.settle_by_balance(session, _number(event, "membershipId"))


def review_published(session: Session, event: Event) -> None:
    """The author is rewarded, whatever the review says, if a reward was promised when it was written.

    What was not promised is not disclosed beside the review either, so paying it would make the label untrue.
    """
    if event.payload["authorId"] is not None and event.payload["incentivised"]:
        reviews.published(
            session,
            review_id=_number(event, "reviewId"),
            author_id=_number(event, "authorId"),
            cause_id=event.id,
            at=event.occurred_at,
        )


def review_left_public(session: Session, event: Event) -> None:
    """The reward goes back."""
    author = event.payload["authorId"]
    if author is not None:
        reviews.left_public(
            session,
            review_id=_number(event, "reviewId"),
            author_id=_number(event, "authorId"),
            cause_id=event.id,
            at=event.occurred_at,
        )


def _settle_order(session: Session, event: Event) -> None:
    orders.settle(session, _number(event, "orderId"), at=event.occurred_at)


def _number(event: Event, name: str) -> int:
    value = event.payload[name]
    if not isinstance(value, int):
        raise TypeError(f"{event.name} {event.id} has no {name}")
    return value
