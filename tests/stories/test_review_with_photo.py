"""A review with a photo, from its author's hands to the page: screened, decided, counted, rewarded, marked up.

What it changes is renewed, and nothing else.
"""

from sqlmodel import Session, col, select

from core import outbox
from core.db import Database
from core.ids import from_public, to_public
from core.outbox import OutboxEvent
from shop.tables import Product
from tests.api.conftest import Api
from tests.api.ugc.make import BODY, MODERATE, SUBMIT
from tests.make import shop as make
from tests.stories.world import Club, page, photo_of, react, standing
from ugc import ratings
from ugc.tables.reviews import ModerationDecision, RatingCounter, ScreenVerdict

_MODERATE_PHOTO = """mutation Decide($input: ModeratePhotoInput!) {
  moderatePhoto(input: $input) { photo { id status } userErrors { code } }
}"""
_QUEUE = """{ moderationQueue { nodes { reviewId revisionNo version status findings } } }"""


def family_and_stranger(session: Session) -> list[str]:
    """Two variants that share their reviews, and a product that shares nothing."""
    lichen, salt, teapot = (make.product(session, handle) for handle in ("mug-lichen", "mug-salt", "teapot"))
    make.family(session, lichen, salt)
    return [to_public("Product", product_id) for product_id in (lichen, salt, teapot)]


def versions(database: Database, public_ids: list[str]) -> list[int]:
    """The products' versions, on which every stored page hangs."""
    with database.reading() as session:
        return [session.get_one(Product, number).version for _, number in map(found, public_ids)]


def found(public_id: str) -> tuple[str, int]:
    parts = from_public(public_id)
    assert parts is not None
    return parts


def test_a_review_with_a_photo_reaches_its_page_its_siblings_page_and_its_authors_points(api: Api) -> None:
    club = Club.make(api.database)
    lichen, salt, teapot = products = api.database.writing(family_and_stranger)
    ada, moderator = api.as_customer("ada"), api.as_staff()
    club.join(ada)
    react(api.database)

    # ada sends a photo and writes; she has bought nothing and published nothing, so a person looks first
    photo_id = photo_of(ada)
    words = {"productId": lichen, "rating": 4, "title": "Mossy", "body": BODY.format(1), "photoIds": [photo_id]}
    review = ada.data(SUBMIT, input=words)["submitReview"]["review"]
    (waiting,) = moderator.data(_QUEUE)["moderationQueue"]["nodes"]
    assert (waiting["reviewId"], waiting["status"]) == (review["id"], "QUEUED")
    assert waiting["findings"] == ["FIRST_CONTRIBUTION"]
    assert page(api, lichen)["ratingSummary"]["count"] == 0
    before = versions(api.database, products)

    # the moderator approves the text, then the photo
    words = {"reviewId": review["id"], "revisionNo": 1, "version": waiting["version"], "decision": "APPROVE"}
    assert moderator.data(MODERATE, input=words)["moderateReview"]["userErrors"] == []
    _assert_decided_counted_and_told_at_once(api, review["id"])
    after_text = versions(api.database, products)
    words = {"photoId": photo_id, "version": 1, "decision": "APPROVE"}
    assert moderator.data(_MODERATE_PHOTO, input=words)["moderatePhoto"]["userErrors"] == []
    after_photo = versions(api.database, products)

    # the page and its sibling's are renewed by each decision, the stranger's by none
    assert _grown(before, after_text) == [True, True, False]
    assert _grown(after_text, after_photo) == [True, True, False]
    for product_id in (lichen, salt):
        shown = page(api, product_id)
        assert shown["ratingSummary"] == {"count": 1, "meanTenths": 40, "photoReviewCount": 1}
        assert [each["id"] for each in shown["reviews"]["nodes"]] == [review["id"]]
        assert [each["id"] for each in shown["photos"]["nodes"]] == [photo_id]
        assert BODY.format(1) in shown["markup"]["jsonLd"]
        assert BODY.format(1) in shown["markup"]["microdata"]
    assert page(api, teapot)["reviews"]["nodes"] == []

    # the worker rewards her, once
    react(api.database)
    react(api.database)
    rewarded = standing(ada)
    assert rewarded["balance"] == {"spendable": 50, "pending": 0, "deficit": 0}
    assert [(entry["kind"], entry["points"]) for entry in rewarded["ledger"]["nodes"]] == [("EARN", 50)]
    with api.database.reading() as session:
        assert outbox.backlog(session) == 0


def _grown(before: list[int], after: list[int]) -> list[bool]:
    return [later > earlier for earlier, later in zip(before, after, strict=True)]


def _assert_decided_counted_and_told_at_once(api: Api, review_id: str) -> None:
    """One transaction wrote the decision, the counter and the event; no reaction has run yet."""
    number = found(review_id)[1]
    with api.database.reading() as session:
        acts = select(ModerationDecision.act).where(ModerationDecision.review_id == number)
        assert session.exec(acts.order_by(col(ModerationDecision.version_before))).all() == ["SUBMIT", "APPROVE"]
        assert session.exec(select(RatingCounter.r4)).all() == [1]
        assert ratings.drifts(session) == []
        told = select(OutboxEvent.settled_at).where(col(OutboxEvent.name) == "ReviewPublished")
        assert session.exec(told).all() == [None]
        assert session.exec(select(ScreenVerdict.review_id).distinct()).all() == [number]
