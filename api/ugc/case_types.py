"""What staff see of a review: its story, and its place in the queue. What everybody sees is api.ugc.types'."""

import strawberry

from api.audience import seen_by
from api.scalars import DateTime
from api.ugc.enums import (
    Actor,
    ReasonCode,
    ReviewAct,
    ReviewStatus,
    ScreenCode,
    ScreenOutcome,
    Verification,
)
from core import texts
from core.identity import Caller, Permission
from ugc import cases
from ugc.cases import QueueItem
from ugc.tables.reviews import ModerationDecision as DecisionRow
from ugc.tables.reviews import ReviewRevision
from ugc.tables.reviews import ScreenVerdict as VerdictRow


@seen_by(Permission.READ_REVIEWS)
@strawberry.type(description="A passage that a screen means, by character offsets.")
class TextSpan:
    """[start, end) of one field."""

    field: str = strawberry.field(description="`title` or `body`.")
    start: int = strawberry.field(description="The first character's offset, in Unicode code points.")
    end: int = strawberry.field(description="The offset after the last character.")
    match: str = strawberry.field(description="What it matched.")


@seen_by(Permission.READ_REVIEWS)
@strawberry.type(description="What one screen said of one revision.")
class ScreenVerdict:
    """A stored verdict."""

    revision_no: int = strawberry.field(description="The revision it looked at.")
    screen: str = strawberry.field(description="The screen's name.")
    version: str = strawberry.field(description="The version of its rules and lists.")
    outcome: ScreenOutcome = strawberry.field(description="Its opinion.")
    code: ScreenCode | None = strawberry.field(description="What it found.")
    message: str | None = strawberry.field(description="The same in the reader's language.")
    spans: list[TextSpan] = strawberry.field(description="The passages meant.")
    at: DateTime = strawberry.field(description="When it looked.")

    @classmethod
    def of(cls, row: VerdictRow, locale: str) -> "ScreenVerdict":
        """A stored verdict in the reader's language."""
        return cls(
            revision_no=row.revision_no,
            screen=row.screen,
            version=row.version,
            outcome=row.outcome,
            code=ScreenCode(row.code) if row.code else None,
            message=texts.say("ugc", f"screen.{row.code}", locale) if row.code else None,
            spans=[
                TextSpan(
                    field=str(span["field"]), start=int(span["start"]), end=int(span["end"]), match=str(span["match"])
                )
                for span in row.spans
            ],
            at=DateTime(row.at),
        )


@seen_by(Permission.READ_REVIEWS)
@strawberry.type(description="One act on a review. The log only grows.")
class ModerationDecision:
    """A row of the log."""

    act: ReviewAct = strawberry.field(description="What was done.")
    actor: Actor = strawberry.field(description="By whom.")
    by_viewer: bool = strawberry.field(description="Whether the caller did it.")
    revision_no: int = strawberry.field(description="To which revision.")
    from_status: ReviewStatus | None = strawberry.field(description="Its state before; null for a new review.")
    to_status: ReviewStatus = strawberry.field(description="Its state after.")
    reason: ReasonCode | None = strawberry.field(description="Why it was rejected.")
    at: DateTime = strawberry.field(description="When.")

    @classmethod
    def of(cls, row: DecisionRow, caller: Caller) -> "ModerationDecision":
        """The row as this caller may see it: who among the others decided stays with the merchant's own log."""
        return cls(
            act=row.act,
            actor=row.actor,
            by_viewer=row.staff_id is not None and row.staff_id == caller.staff_id,
            revision_no=row.revision_no,
            from_status=row.from_status,
            to_status=row.to_status,
            reason=row.reason,
            at=DateTime(row.at),
        )


@seen_by(Permission.READ_REVIEWS)
@strawberry.type(name="ReviewRevision", description="What an author wrote at one time; an edit is a new revision.")
class RevisionView:
    """A stored revision."""

    number: int = strawberry.field(description="From 1.")
    rating: int = strawberry.field(description="Its stars.")
    title: str | None = strawberry.field(description="Its title.")
    body: str = strawberry.field(description="Its text.")
    locale: str = strawberry.field(description="Its language.")
    incentivised: bool = strawberry.field(description="Whether anything was promised when it was sent.")
    is_public: bool = strawberry.field(description="Whether it is what the public reads.")
    written_at: DateTime = strawberry.field(description="When it was sent.")

    @classmethod
    def of(cls, row: ReviewRevision, *, public_no: int | None) -> "RevisionView":
        """A stored revision, beside what is public."""
        return cls(
            number=row.no,
            rating=row.rating,
            title=row.title,
            body=row.body,
            locale=row.locale,
            incentivised=row.incentivised,
            is_public=row.no == public_no,
            written_at=DateTime(row.created_at),
        )


@seen_by(Permission.READ_REVIEWS)
@strawberry.type(description="How many reviews of an author stand in a state.")
class StatusCount:
    """A line of the author's card."""

    status: ReviewStatus = strawberry.field(description="The state.")
    count: int = strawberry.field(description="How many.")


@seen_by(Permission.READ_REVIEWS)
@strawberry.type(description="All that is known of a review; newest first. For staff.")
class ReviewCase:
    """Made from ugc.cases.ReviewCase."""

    revisions: list[RevisionView] = strawberry.field(description="Every revision.")
    verdicts: list[ScreenVerdict] = strawberry.field(description="What every screen said of every revision.")
    decisions: list[ModerationDecision] = strawberry.field(description="Every act, its author's included.")
    author_reviews: list[StatusCount] = strawberry.field(
        description="The author's reviews by state, this one included."
    )

    @classmethod
    def of(cls, case: cases.ReviewCase, caller: Caller) -> "ReviewCase":
        """The story as this caller reads it."""
        public_no = case.review.public_revision_no
        return cls(
            revisions=[RevisionView.of(row, public_no=public_no) for row in case.revisions],
            verdicts=[ScreenVerdict.of(row, caller.locale) for row in case.verdicts],
            decisions=[ModerationDecision.of(row, caller) for row in case.decisions],
            author_reviews=[StatusCount(status=status, count=count) for status, count in sorted(case.author.items())],
        )


@seen_by(Permission.READ_REVIEWS)
@strawberry.type(description="A revision that waits for a decision.")
class ModerationQueueItem:
    """Made from ugc.cases.QueueItem."""

    review_id: strawberry.ID = strawberry.field(description="The review's id, for `node` and `moderateReview`.")
    revision_no: int = strawberry.field(description="The revision to decide on.")
    version: int = strawberry.field(description="The review's version, to be passed on with the decision.")
    status: ReviewStatus = strawberry.field(description="QUEUED or WITHHELD.")
    is_edit: bool = strawberry.field(description="Whether an earlier revision is public meanwhile.")
    product_name: str = strawberry.field(description="What it is about.")
    rating: int = strawberry.field(description="Its stars; they play no part in the order.")
    title: str | None = strawberry.field(description="Its title.")
    body: str = strawberry.field(description="Its text.")
    locale: str = strawberry.field(description="Its language.")
    author_name: str | None = strawberry.field(description="The name the author chose.")
    verification: Verification = strawberry.field(description="What ties the author to the product.")
    findings: list[ScreenCode] = strawberry.field(description="What screens found, in their order.")
    waiting_since: DateTime = strawberry.field(description="Since when.")

    @classmethod
    def of(cls, item: QueueItem) -> "ModerationQueueItem":
        """The item in the contract's terms."""
        row = item.row
        return cls(
            review_id=strawberry.ID(row.public_id),
            revision_no=row.revision_no,
            version=row.version,
            status=ReviewStatus(row.status),
            is_edit=row.public_revision_no is not None,
            product_name=row.product_name,
            rating=row.rating,
            title=row.title,
            body=row.body,
            locale=row.locale,
            author_name=row.display_name,
            verification=Verification(row.verification),
            findings=[ScreenCode(code) for code in item.codes],
            waiting_since=row.waiting_ms,  # type: ignore[arg-type]  # the scalar writes milliseconds as well
        )
