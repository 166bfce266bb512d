"""Photos in the graph: a decision each, shown with public reviews alone, and whose they are."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from sqlmodel import Session

from core.ids import from_public, to_public
from tests.api.conftest import Api
from tests.api.ugc import make
from tests.api.ugc import make_photos as photos
from tests.conftest import FrozenClock
from tests.make import photos as pictures
from tests.make import shop as make_shop
from tests.make import ugc as make_ugc
from ugc.tables.photos import PhotoStatus


def test_a_photo_travels_from_upload_to_the_product_page(api: Api) -> None:
    review, product_id = photos.reviewed(api)
    visitor = api.as_visitor()
    assert visitor.data(photos.REVIEW, id=review["id"])["node"] == {"photoCount": 0, "photos": [], "sentPhotos": None}
    (waiting,) = api.as_staff().data(photos.QUEUE)["photoQueue"]["nodes"]
    assert (waiting["status"], waiting["review"]["id"]) == ("PENDING", review["id"])

    payload = photos.moderated(api, waiting)

    assert payload == {
        "photo": {"id": waiting["id"], "status": "APPROVED", "version": 2, "review": {"id": review["id"]}},
        "userErrors": [],
    }
    (shown,) = visitor.data(photos.PRODUCT, id=product_id)["node"]["photos"]["nodes"]
    assert visitor.data(photos.REVIEW, id=review["id"])["node"]["photos"] == [shown]
    assert (shown["width"], shown["height"], shown["url"]) == (640, 480, shown["renditions"][1]["url"])
    assert [(file["size"], file["width"]) for file in shown["renditions"]] == [(320, 320), (800, 640), (1600, 640)]
    assert visitor.data(photos.PRODUCT, id=product_id)["node"]["ratingSummary"] == {"photoReviewCount": 1}
    assert api.as_staff().data(photos.QUEUE)["photoQueue"]["nodes"] == []


def test_rejecting_a_photo_takes_it_down_and_leaves_the_review(api: Api) -> None:
    review, product_id = photos.reviewed(api, photos=2)
    staff = api.as_staff()
    for waiting in staff.data(photos.QUEUE)["photoQueue"]["nodes"]:
        photos.moderated(api, waiting)
    first, second = api.as_visitor().data(photos.REVIEW, id=review["id"])["node"]["photos"]

    payload = photos.moderated(api, first, "REJECT", reason="PICTURE")

    assert payload["userErrors"] == []
    assert payload["photo"]["status"] == "REJECTED"
    node = api.as_visitor().data(photos.REVIEW, id=review["id"])["node"]
    assert (node["photoCount"], [photo["id"] for photo in node["photos"]]) == (1, [second["id"]])
    assert api.as_visitor().data(photos.PRODUCT, id=product_id)["node"]["ratingSummary"] == {"photoReviewCount": 1}


@pytest.mark.parametrize(
    "change, code",
    [
        ({"decision": "REJECT"}, "PHOTO_REASON_REQUIRED"),
        ({"version": 9}, "PHOTO_CHANGED"),
        ({"photoId": to_public("Photo", 7)}, "PHOTO_NOT_FOUND"),
        ({"photoId": "rubbish"}, "PHOTO_NOT_FOUND"),
    ],
)
def test_a_decision_that_cannot_stand_changes_nothing(api: Api, change: dict[str, Any], code: str) -> None:
    photos.reviewed(api)
    staff = api.as_staff()
    (waiting,) = staff.data(photos.QUEUE)["photoQueue"]["nodes"]
    words = {"photoId": waiting["id"], "version": 1, "decision": "APPROVE"} | change

    payload = staff.data(photos.MODERATE, input=words)["moderatePhoto"]

    assert (payload["photo"], payload["userErrors"][0]["code"]) == (None, code)
    (still,) = staff.data(photos.QUEUE)["photoQueue"]["nodes"]
    assert (still["id"], still["version"]) == (waiting["id"], 1)


def test_only_moderators_decide_and_see_the_queue(api: Api) -> None:
    customer = api.as_customer("camille")
    words = {"photoId": "x", "version": 1, "decision": "APPROVE"}

    assert customer.code(photos.MODERATE, input=words) == "FORBIDDEN"
    assert customer.code(photos.QUEUE) == "FORBIDDEN"
    assert (
        api.as_visitor().code(photos.CREATE, input={"bytes": 1, "licenceGranted": True, "peopleAgree": True})
        == "FORBIDDEN"
    )


def test_node_gives_a_photo_to_those_who_may_see_it(api: Api) -> None:
    photos.reviewed(api)
    (waiting,) = api.as_staff().data(photos.QUEUE)["photoQueue"]["nodes"]
    seen = {"__typename": "Photo", "id": waiting["id"], "status": "PENDING"}

    assert api.as_customer("camille").data(photos.NODE, id=waiting["id"])["node"] == seen
    assert api.as_staff().data(photos.NODE, id=waiting["id"])["node"] == seen
    assert api.as_customer("alix").data(photos.NODE, id=waiting["id"])["node"] is None
    assert api.as_visitor().data(photos.NODE, id=waiting["id"])["node"] is None

    photos.moderated(api, waiting)
    assert api.as_visitor().data(photos.NODE, id=waiting["id"])["node"] == seen | {"status": "APPROVED"}


def test_a_products_photos_come_in_pages(api: Api) -> None:
    _, product_id = photos.reviewed(api, photos=3)
    staff = api.as_staff()
    waiting = staff.data(photos.QUEUE)["photoQueue"]["nodes"]
    for photo in waiting:
        photos.moderated(api, photo)

    first = api.as_visitor().data(photos.PRODUCT, id=product_id, first=2)["node"]["photos"]
    after = first["pageInfo"]["endCursor"]
    rest = api.as_visitor().data(photos.PRODUCT, id=product_id, first=2, after=after)["node"]["photos"]

    assert [photo["id"] for photo in first["nodes"] + rest["nodes"]] == [photo["id"] for photo in waiting[::-1]]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert api.as_visitor().code(photos.PRODUCT, id=product_id, after="nonsense") == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "change, code",
    [
        ({"licenceGranted": False}, "LICENCE_REQUIRED"),
        ({"peopleAgree": False}, "PEOPLE_MUST_AGREE"),
        ({"bytes": 0}, "FILE_EMPTY"),
        ({"bytes": 12 * 1024 * 1024 + 1}, "FILE_TOO_LARGE"),
    ],
)
def test_an_upload_that_is_not_allowed_is_refused(api: Api, change: dict[str, Any], code: str) -> None:
    words = {"bytes": 1000, "licenceGranted": True, "peopleAgree": True} | change

    payload = api.as_customer("camille").data(photos.CREATE, input=words)["createUpload"]

    assert (payload["upload"], payload["userErrors"][0]["code"]) == (None, code)


def test_the_same_key_opens_the_same_upload(api: Api, frozen_clock: FrozenClock) -> None:
    words = {"bytes": 1000, "licenceGranted": True, "peopleAgree": True}
    author = api.as_customer("camille")

    first = author.data(photos.CREATE, input=words, key="one")["createUpload"]
    again = author.data(photos.CREATE, input=words, key="one")["createUpload"]

    assert again == first
    assert (first["upload"]["maxBytes"], first["upload"]["expiresAt"]) == (1000, "2026-03-02T12:10:00.000Z")


def test_another_persons_photo_cannot_be_attached(api: Api) -> None:
    stolen = photos.sent(api.as_customer("camille"))
    words = {"productId": make.product(api.database, "tea"), "rating": 5, "body": make.BODY.format(1)}
    thief = api.as_customer("alix")

    payload = thief.data(make.SUBMIT, input=words | {"photoIds": [stolen]})["submitReview"]

    assert payload["review"] is None
    assert [(error["code"], error["field"]) for error in payload["userErrors"]] == [
        ("PHOTO_NOT_FOUND", ["photoIds", "0"])
    ]
    # the review that it came with was not written either
    assert thief.data(make.SUBMIT, input=words)["submitReview"]["userErrors"] == []


def test_ids_of_photos_are_opaque(api: Api) -> None:
    photo_id = photos.sent(api.as_customer("camille"))

    found = from_public(photo_id)

    assert found is not None
    assert found[0] == "Photo"
    assert json.dumps(found[1]) not in photo_id


@pytest.mark.parametrize("reviews", [1, 20])
def test_a_page_with_photos_takes_as_many_statements_for_one_review_as_for_many(
    api: Api, statements: Callable[[], AbstractContextManager[list[str]]], reviews: int
) -> None:
    def seed(session: Session) -> int:
        product_id = make_shop.product(session, "tea")
        for _ in range(reviews):
            author_id = make_shop.customer(session)
            review_id = make_ugc.published_review(session, product_id=product_id, author_id=author_id)
            pictures.photo(session, customer_id=author_id, review_id=review_id, status=PhotoStatus.APPROVED)
        return product_id

    product_id = to_public("Product", api.database.writing(seed))
    visitor = api.as_visitor()
    visitor.data(photos.PAGE, id=product_id)

    with statements() as seen:
        found = visitor.data(photos.PAGE, id=product_id)["node"]

    assert [len(review["photos"]) for review in found["reviews"]["nodes"]] == [1] * reviews
    assert len(found["photos"]["nodes"]) == min(reviews, 12)
    # the product, its reviews, their photos, the product's photos, and the reviews that these belong to
    assert len(seen) == 5
