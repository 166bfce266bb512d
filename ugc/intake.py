"""Take in reviews that were collected elsewhere or earlier. Reading files and judging rows is ugc.imports'."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from core import clock, ids
from core.refusal import Refusal
from shop import products
from shop.tables import Product
from ugc import moves, revisions
from ugc.drafts import Words
from ugc.moves import Act, State
from ugc.queries import reviews as queries
from ugc.refusals import ReviewRefusal
from ugc.screening.circumstances import Subject
from ugc.states import ReviewAct, ReviewStatus
from ugc.tables.reviews import Actor, Origin, Review, Verification


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedReview:
    """A review as another system tells it. (`source`, `external_id`) is unique for good.

    `author_key` names its author within the source, as a keyed hash; None when unknown. `written_at` None: undated.
    Nothing is `verified` here by orders of ours: `vouched_for` repeats that the source called the buyer verified.
    """

    product_id: int
    source: str
    external_id: str
    words: Words
    origin: Origin = Origin.OWN_SITE
    author_key: str | None = None
    display_name: str | None = None
    storefront_id: int | None = None
    vouched_for: bool = False
    incentivised: bool = False
    written_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The review's id, whether this call wrote it, and whether it is a copy that is neither shown nor counted."""

    review_id: int
    is_new: bool
    is_sibling_copy: bool


def take_in(session: Session, imported: ImportedReview) -> TakenIn | Refusal:
    """Write a foreign review and publish it; the screens speak, and what they say is kept but holds nothing back.

    - Once per (`source`, `external_id`); a repeat changes nothing.
    - A text that the same author has on a sibling is kept, neither shown nor counted.
    - The pages are not renewed: call `moves.renew_pages` once per product when the batch is written.
    - Refused: hard limits, an unknown product. A rating without words is taken in.
    """
    words = imported.words.cleaned()
    refused = words.refusal()
    if refused:
        return refused
    product = products.get(session, imported.product_id)
    if product is None:
        return Refusal(ReviewRefusal.PRODUCT_NOT_FOUND, ("productId",))
    known = queries.of_source(session, imported.source, imported.external_id)
    if known is not None:
        return TakenIn(known.id, is_new=False, is_sibling_copy=not known.counted)
    return _write(session, imported, words, product)


def _write(session: Session, imported: ImportedReview, words: Words, product: Product) -> TakenIn:
    subject = Subject(
        review_id=ids.new_id(),
        product_id=product.id,
        family_id=product.family_id,
        author_key=imported.author_key and f"{imported.source}:{imported.author_key}",
    )
    screened = revisions.screen(session, subject, words, no=1, incentivised=imported.incentivised)
    state = State(
        status=ReviewStatus.PUBLISHED,
        newest=screened.revision,
        public=screened.revision,
        decided=False,
        published_at=imported.written_at,
    )
    act = Act(act=ReviewAct.SUBMIT, actor=Actor.SYSTEM, revision_no=1, before=None, to=state.status)
    moves.begin_quietly(session, _review(imported, words, subject), act, state)
    screened.keep_verdicts(session)
    return TakenIn(subject.review_id, is_new=True, is_sibling_copy=screened.revision.sibling_copy)


def _review(imported: ImportedReview, words: Words, subject: Subject) -> Review:
    return Review(
        id=subject.review_id,
        product_id=imported.product_id,
        author_key=subject.author_key,
        storefront_id=imported.storefront_id,
        verification=Verification.IMPORTED if imported.vouched_for else Verification.NONE,
        origin=imported.origin,
        source=imported.source,
        external_id=imported.external_id,
        display_name=imported.display_name,
        dated=imported.written_at is not None,
        submitted_at=imported.written_at or clock.now(),
        status=ReviewStatus.PUBLISHED,
        latest_status=ReviewStatus.PUBLISHED,
        rating=words.rating,
        locale=words.locale,
    )
