"""What reviews tell the rest of the house. Who reacts is the worker's to say."""

from core import outbox


class ReviewEvent(outbox.EventName):
    """What happened to a review. Payloads hold reviewId, productId, authorId (empty for imports) and revisionNo.

    - PUBLISHED: the review has become public (also `incentivised`, 1 when a reward was promised for it); points are
      due then. It may come again after UNPUBLISHED.
    - UNPUBLISHED: it was public and is no more (also `cause`: REJECT, WITHDRAW or UNDO); points go back.
    - REVISED: it stays public, with another text or other stars.
    - SUBMITTED (also `status`), REJECTED (also `reason`), WITHDRAWN: what its author did or must hear about.
    """

    SUBMITTED = "ReviewSubmitted"
    PUBLISHED = "ReviewPublished"
    REVISED = "ReviewRevised"
    UNPUBLISHED = "ReviewUnpublished"
    REJECTED = "ReviewRejected"
    WITHDRAWN = "ReviewWithdrawn"


class QueueEvent(outbox.EventName):
    """What waits for a moderator. Payloads hold reviewId and productId, and of a review's text its revisionNo, else
    photoId; the aggregate is the review or the photo.

    - ENTERED: it waits now. Told again when an edit takes the place of a text that waited.
    - LEFT: it waits no more: decided, or withdrawn by its author.
    """

    ENTERED = "ModerationQueueEntered"
    LEFT = "ModerationQueueLeft"


class PhotoEvent(outbox.EventName):
    """What was decided about a photo. Payloads hold photoId, reviewId, productId and authorId (empty for imports)."""

    APPROVED = "PhotoApproved"
    REJECTED = "PhotoRejected"
