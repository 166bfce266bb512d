"""Submit, edit and withdraw reviews. Deciding about them is ugc.moderation's, taking in files is ugc.imports'."""

from dataclasses import replace

from sqlmodel import Session

from core import clock, ids
from core.refusal import Refusal
from shop import customers, orders, products
from shop.tables import Product
from ugc import display_names, moves, revisions
from ugc.drafts import EditDraft, ReviewDraft
from ugc.moves import Act, State
from ugc.queries import reviews as queries
from ugc.refusals import ReviewRefusal
from ugc.revisions import Screened
from ugc.screening.circumstances import Subject
from ugc.states import ReviewAct, ReviewStatus, transition
from ugc.tables.reviews import Actor, Review, ReviewRevision, Verification
from ugc.wording import clean


def submit(session: Session, draft: ReviewDraft) -> int | Refusal:
    """Write a person's review of a product; returns its id.

    - Refused: limits of the draft; a product that is unknown (PRODUCT_NOT_FOUND) or closed (PRODUCT_CLOSED); a second
      review of the same product (ALREADY_REVIEWED), also after a withdrawal: the first one can be edited again.
    - Screened at once; public when no screen objects.
    - Verified when the person has paid for the product or a sibling.
    """
    draft = replace(draft, words=draft.words.cleaned(), display_name=clean(draft.display_name or "") or None)
    refused = draft.refusal()
    if refused:
        return refused
    product = products.get(session, draft.product_id)
    if product is None:
        return Refusal(ReviewRefusal.PRODUCT_NOT_FOUND, ("productId",))
    if not product.open_for_reviews:
        return Refusal(ReviewRefusal.PRODUCT_CLOSED, ("productId",))
    if queries.of_author(session, draft.author_id, draft.product_id) is not None:
        return Refusal(ReviewRefusal.ALREADY_REVIEWED, ("productId",))
    return _write(session, draft, product)


def edit(session: Session, draft: EditDraft) -> int | Refusal:
    """Put new words into one's own review as its next revision, screened like the first; returns the review's id.

    - A public text stays public until the new one clears.
    - Refused: someone else's review (REVIEW_NOT_FOUND), an outdated version (CONFLICT), one rejected for a reason of
      the final family while nothing of it is public (REJECTED_FOR_GOOD).
    """
    draft = replace(draft, words=draft.words.cleaned())
    refused = draft.refusal()
    if refused:
        return refused
    review = _own(session, draft.review_id, draft.author_id)
    if isinstance(review, Refusal):
        return review
    if review.version != draft.version:
        return moves.conflict(session, review.id)
    if _rejected_for_good(session, review):
        return Refusal(ReviewRefusal.REJECTED_FOR_GOOD, ("reviewId",))
    return _revise(session, review, draft)


def withdraw(session: Session, review_id: int, *, author_id: int) -> int | Refusal:
    """Take one's own review back, whatever its state; returns its id. Nothing of it is public any more."""
    review = _own(session, review_id, author_id)
    if isinstance(review, Refusal):
        return review
    to = transition(review.latest_status, ReviewAct.WITHDRAW, ReviewStatus.WITHDRAWN)
    if isinstance(to, Refusal):
        return to
    state = State(
        status=to,
        newest=queries.revision(session, review.id, review.latest_revision_no),
        public=None,
        decided=review.decided,
        published_at=review.published_at,
    )
    act = Act(
        act=ReviewAct.WITHDRAW,
        actor=Actor.AUTHOR,
        revision_no=review.latest_revision_no,
        before=review.latest_status,
        to=to,
    )
    return moves.make(session, review, act, state) or review.id


def _write(session: Session, draft: ReviewDraft, product: Product) -> int | Refusal:
    subject = Subject(
        review_id=ids.new_id(),
        product_id=product.id,
        family_id=product.family_id,
        author_key=f"customer:{draft.author_id}",
        has_bought=_has_bought(session, draft.author_id, product.id),
    )
    screened = revisions.screen(session, subject, draft.words, no=1, incentivised=draft.promised)
    to = transition(None, ReviewAct.SUBMIT, screened.screening.status)
    if isinstance(to, Refusal):
        return to
    act = Act(act=ReviewAct.SUBMIT, actor=Actor.AUTHOR, revision_no=1, before=None, to=to)
    state = _screened_state(screened, to)
    moves.begin(session, _review(session, draft, subject, state), act, state)
    screened.keep_verdicts(session)
    return subject.review_id


def _review(session: Session, draft: ReviewDraft, subject: Subject, state: State) -> Review:
    return Review(
        id=subject.review_id,
        product_id=draft.product_id,
        author_id=draft.author_id,
        author_key=subject.author_key,
        storefront_id=draft.storefront_id,
        verification=Verification.ORDER if subject.has_bought else Verification.NONE,
        display_name=draft.display_name or _default_name(session, draft.author_id),
        experienced_on=draft.experienced_on,
        submitted_at=clock.now(),
        status=state.status,
        latest_status=state.status,
        rating=draft.words.rating,
        locale=draft.words.locale,
    )


def _revise(session: Session, review: Review, draft: EditDraft) -> int | Refusal:
    if review.verification is Verification.NONE and _has_bought(session, draft.author_id, review.product_id):
        review.verification = Verification.ORDER
    no = review.latest_revision_no + 1
    # new words do not undo a promise: the author may have been rewarded for this very review
    promised = draft.promised or queries.revision(session, review.id, review.latest_revision_no).incentivised
    screened = revisions.screen(session, _subject(session, review), draft.words, no=no, incentivised=promised)
    to = transition(review.latest_status, ReviewAct.EDIT, screened.screening.status)
    if isinstance(to, Refusal):
        return to
    act = Act(act=ReviewAct.EDIT, actor=Actor.AUTHOR, revision_no=no, before=review.latest_status, to=to)
    last_good = queries.public_revision(session, review)
    refused = moves.make(session, review, act, _screened_state(screened, to, before=review, last_good=last_good))
    if refused:
        return refused
    screened.keep_verdicts(session)
    return review.id


def _subject(session: Session, review: Review) -> Subject:
    product = products.get(session, review.product_id)
    return Subject(
        review_id=review.id,
        product_id=review.product_id,
        family_id=product.family_id if product else None,
        author_key=review.author_key,
        has_bought=review.verification is Verification.ORDER,
    )


def _screened_state(
    screened: Screened,
    status: ReviewStatus,
    *,
    before: Review | None = None,
    last_good: ReviewRevision | None = None,
) -> State:
    return State(
        status=status,
        newest=screened.revision,
        # what the screens let through is public at once; what they hold leaves the last good text in its place
        public=screened.revision if status is ReviewStatus.PUBLISHED else last_good,
        decided=False,
        published_at=before.published_at if before else None,
    )


def _own(session: Session, review_id: int, author_id: int) -> Review | Refusal:
    review = queries.review(session, review_id)
    if review is None or review.author_id != author_id:
        return Refusal(ReviewRefusal.REVIEW_NOT_FOUND, ("reviewId",))
    return review


def _rejected_for_good(session: Session, review: Review) -> bool:
    last = queries.standing_act(session, review.id)
    if last is None or last.reason is None or review.public_revision_no is not None:
        return False
    return last.act is ReviewAct.REJECT and not last.reason.editable


def _has_bought(session: Session, customer_id: int, product_id: int) -> bool:
    return orders.has_bought(session, customer_id, products.siblings(session, product_id))


def _default_name(session: Session, customer_id: int) -> str | None:
    customer = customers.get(session, customer_id)
    return display_names.default(customer.first_name, customer.last_name) if customer else None
