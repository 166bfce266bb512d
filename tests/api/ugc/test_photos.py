"""Photos from createUpload to the shopper's browser: an address once, a decision each, and public files alone."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any
from urllib.parse import urlsplit

import pytest
from sqlmodel import Session

from core.ids import from_public, to_public
from tests.api.conftest import Api, Callee
from tests.api.ugc import make
from tests.conftest import FrozenClock
from tests.make import photos as pictures
from tests.make import shop as make_shop
from tests.make import ugc as make_ugc
from ugc.tables.photos import PhotoStatus

CREATE = """mutation Create($input: CreateUploadInput!, $key: String) {
  createUpload(input: $input, idempotencyKey: $key) {
    upload { photoId url maxBytes expiresAt }
    userErrors { code field message }
  }
}"""

MODERATE = """mutation Moderate($input: ModeratePhotoInput!) {
  moderatePhoto(input: $input) {
    photo { id status version review { id } }
    userErrors { code field message }
  }
}"""

PHOTO = "id status version width height url renditions { size width height url }"
REVIEW = f"""query Review($id: ID!) {{
  node(id: $id) {{ ... on Review {{ photoCount photos {{ {PHOTO} }} sentPhotos {{ {PHOTO} }} }} }}
}}"""
PRODUCT = f"""query Product($id: ID!, $first: Int! = 10, $after: String) {{
  node(id: $id) {{ ... on Product {{
    ratingSummary {{ photoReviewCount }}
    photos(first: $first, after: $after) {{ nodes {{ {PHOTO} }} pageInfo {{ hasNextPage endCursor }} }}
  }} }}
}}"""
PAGE = """query Page($id: ID!) {
  node(id: $id) { ... on Product {
    reviews(first: 20) { nodes { id photos { url } } }
    photos(first: 12) { nodes { url review { id } } }
  } }
}"""
QUEUE = f"{{ photoQueue {{ nodes {{ {PHOTO} review {{ id }} }} }} }}"
NODE = "query Node($id: ID!) { node(id: $id) { __typename id ... on Photo { status } } }"


def path_of(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def opened(author: Callee, size: int = 1_000_000) -> Any:  # noqa: ANN401 - JSON
    words = {"bytes": size, "licenceGranted": True, "peopleAgree": True}
    payload = author.data(CREATE, input=words)["createUpload"]
    assert payload["userErrors"] == []
    return payload["upload"]


def sent(author: Callee, content: bytes | None = None) -> str:
    """The id of a photo whose bytes were taken."""
    upload = opened(author)
    answer = author.client.put(path_of(upload["url"]), content=content or pictures.jpeg_with_gps())
    assert answer.status_code == 201, answer.text
    assert answer.json() == {"photo": {"id": upload["photoId"], "state": "READY"}}
    photo_id: str = upload["photoId"]
    return photo_id


def reviewed(api: Api, *, photos: int = 1, handle: str = "tea", author: str = "camille") -> tuple[Any, str]:
    """(a published review with photos that wait, its product's id)."""
    product_id = make.product(api.database, handle)
    customer = api.as_customer(author)
    words = {
        "productId": product_id,
        "rating": 5,
        "body": make.BODY.format(author),
        "photoIds": [sent(customer) for _ in range(photos)],
    }
    payload = customer.data(make.SUBMIT, input=words)["submitReview"]
    assert payload["userErrors"] == []
    assert make.decide(api.as_staff(), payload["review"])["userErrors"] == []
    return payload["review"], product_id


def moderated(api: Api, photo: Any, decision: str = "APPROVE", **more: Any) -> Any:  # noqa: ANN401 - JSON
    words = {"photoId": photo["id"], "version": photo["version"], "decision": decision, **more}
    return api.as_staff().data(MODERATE, input=words)["moderatePhoto"]


def test_a_photo_travels_from_upload_to_the_product_page(api: Api) -> None:
    review, product_id = reviewed(api)
    visitor = api.as_visitor()
    assert visitor.data(REVIEW, id=review["id"])["node"] == {"photoCount": 0, "photos": [], "sentPhotos": None}
    (waiting,) = api.as_staff().data(QUEUE)["photoQueue"]["nodes"]
    assert (waiting["status"], waiting["review"]["id"]) == ("PENDING", review["id"])

    payload = moderated(api, waiting)

    assert payload == {
        "photo": {"id": waiting["id"], "status": "APPROVED", "version": 2, "review": {"id": review["id"]}},
        "userErrors": [],
    }
    (shown,) = visitor.data(PRODUCT, id=product_id)["node"]["photos"]["nodes"]
    assert visitor.data(REVIEW, id=review["id"])["node"]["photos"] == [shown]
    assert (shown["width"], shown["height"], shown["url"]) == (640, 480, shown["renditions"][1]["url"])
    assert [(file["size"], file["width"]) for file in shown["renditions"]] == [(320, 320), (800, 640), (1600, 640)]
    assert visitor.data(PRODUCT, id=product_id)["node"]["ratingSummary"] == {"photoReviewCount": 1}
    assert api.as_staff().data(QUEUE)["photoQueue"]["nodes"] == []


def test_a_public_file_is_served_for_good_and_can_do_nothing(api: Api) -> None:
    _, product_id = reviewed(api)
    (waiting,) = api.as_staff().data(QUEUE)["photoQueue"]["nodes"]
    moderated(api, waiting)
    (shown,) = api.as_visitor().data(PRODUCT, id=product_id)["node"]["photos"]["nodes"]

    answer = api.client.get(path_of(shown["renditions"][0]["url"]))

    assert answer.status_code == 200
    assert answer.content[8:12] == b"WEBP"
    assert b"Secretcam" not in answer.content
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == "inline"
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_an_undecided_file_is_shown_by_signed_address_alone(api: Api, frozen_clock: FrozenClock) -> None:
    review, _ = reviewed(api)
    author = api.as_customer("camille").data(REVIEW, id=review["id"])["node"]
    assert author["photos"] == []
    (own,) = author["sentPhotos"]
    signed = path_of(own["renditions"][0]["url"])

    previewed = api.client.get(signed)
    assert (previewed.status_code, previewed.headers["cache-control"]) == (200, "private, no-store")

    bare, _, token = signed.partition("?preview=")
    other = path_of(own["renditions"][1]["url"]).partition("?")[0]
    for wrong in (bare, f"{bare}?preview=x", f"{other}?preview={token}", "/media/x.webp", f"/media/{'0' * 64}.webp"):
        answer = api.client.get(wrong)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")

    frozen_clock.advance(minutes=10)
    assert api.client.get(signed).status_code == 404


def test_rejecting_a_photo_takes_it_down_and_leaves_the_review(api: Api) -> None:
    review, product_id = reviewed(api, photos=2)
    staff = api.as_staff()
    for waiting in staff.data(QUEUE)["photoQueue"]["nodes"]:
        moderated(api, waiting)
    first, second = api.as_visitor().data(REVIEW, id=review["id"])["node"]["photos"]

    payload = moderated(api, first, "REJECT", reason="PICTURE")

    assert payload["userErrors"] == []
    assert payload["photo"]["status"] == "REJECTED"
    node = api.as_visitor().data(REVIEW, id=review["id"])["node"]
    assert (node["photoCount"], [photo["id"] for photo in node["photos"]]) == (1, [second["id"]])
    assert api.as_visitor().data(PRODUCT, id=product_id)["node"]["ratingSummary"] == {"photoReviewCount": 1}


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
    reviewed(api)
    staff = api.as_staff()
    (waiting,) = staff.data(QUEUE)["photoQueue"]["nodes"]
    words = {"photoId": waiting["id"], "version": 1, "decision": "APPROVE"} | change

    payload = staff.data(MODERATE, input=words)["moderatePhoto"]

    assert (payload["photo"], payload["userErrors"][0]["code"]) == (None, code)
    (still,) = staff.data(QUEUE)["photoQueue"]["nodes"]
    assert (still["id"], still["version"]) == (waiting["id"], 1)


def test_only_moderators_decide_and_see_the_queue(api: Api) -> None:
    customer = api.as_customer("camille")
    words = {"photoId": "x", "version": 1, "decision": "APPROVE"}

    assert customer.code(MODERATE, input=words) == "FORBIDDEN"
    assert customer.code(QUEUE) == "FORBIDDEN"
    assert api.as_visitor().code(CREATE, input={"bytes": 1, "licenceGranted": True, "peopleAgree": True}) == "FORBIDDEN"


def test_node_gives_a_photo_to_those_who_may_see_it(api: Api) -> None:
    reviewed(api)
    (waiting,) = api.as_staff().data(QUEUE)["photoQueue"]["nodes"]
    seen = {"__typename": "Photo", "id": waiting["id"], "status": "PENDING"}

    assert api.as_customer("camille").data(NODE, id=waiting["id"])["node"] == seen
    assert api.as_staff().data(NODE, id=waiting["id"])["node"] == seen
    assert api.as_customer("alix").data(NODE, id=waiting["id"])["node"] is None
    assert api.as_visitor().data(NODE, id=waiting["id"])["node"] is None

    moderated(api, waiting)
    assert api.as_visitor().data(NODE, id=waiting["id"])["node"] == seen | {"status": "APPROVED"}


def test_a_products_photos_come_in_pages(api: Api) -> None:
    _, product_id = reviewed(api, photos=3)
    staff = api.as_staff()
    waiting = staff.data(QUEUE)["photoQueue"]["nodes"]
    for photo in waiting:
        moderated(api, photo)

    first = api.as_visitor().data(PRODUCT, id=product_id, first=2)["node"]["photos"]
    after = first["pageInfo"]["endCursor"]
    rest = api.as_visitor().data(PRODUCT, id=product_id, first=2, after=after)["node"]["photos"]

    assert [photo["id"] for photo in first["nodes"] + rest["nodes"]] == [photo["id"] for photo in waiting[::-1]]
    assert (first["pageInfo"]["hasNextPage"], rest["pageInfo"]["hasNextPage"]) == (True, False)
    assert api.as_visitor().code(PRODUCT, id=product_id, after="nonsense") == "BAD_USER_INPUT"


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

    payload = api.as_customer("camille").data(CREATE, input=words)["createUpload"]

    assert (payload["upload"], payload["userErrors"][0]["code"]) == (None, code)


def test_the_same_key_opens_the_same_upload(api: Api, frozen_clock: FrozenClock) -> None:
    words = {"bytes": 1000, "licenceGranted": True, "peopleAgree": True}
    author = api.as_customer("camille")

    first = author.data(CREATE, input=words, key="one")["createUpload"]
    again = author.data(CREATE, input=words, key="one")["createUpload"]

    assert again == first
    assert (first["upload"]["maxBytes"], first["upload"]["expiresAt"]) == (1000, "2026-03-02T12:10:00.000Z")


def put(api: Api, url: str, content: bytes) -> tuple[int, str]:
    """(status, code of the JSON body) of a PUT."""
    answer = api.client.put(path_of(url), content=content)
    return answer.status_code, answer.json()["error"]["code"]


def test_bytes_that_cannot_be_taken_are_refused_in_json(api: Api, frozen_clock: FrozenClock) -> None:
    author = api.as_customer("camille")
    small = opened(author, size=100)["url"]
    assert put(api, small, pictures.jpeg()) == (413, "FILE_TOO_LARGE")
    assert put(api, small, b"") == (422, "FILE_EMPTY")
    assert put(api, opened(author)["url"], pictures.SVG) == (415, "FORMAT_NOT_SUPPORTED")
    assert put(api, opened(author)["url"], pictures.png_header(50_000, 50_000)) == (422, "PICTURE_TOO_LARGE")
    assert put(api, opened(author)["url"], pictures.jpeg()[:3000]) == (422, "PICTURE_DAMAGED")
    assert put(api, "/media/uploads/rubbish", pictures.jpeg()) == (404, "UPLOAD_NOT_FOUND")

    used = opened(author)["url"]
    assert api.client.put(path_of(used), content=pictures.jpeg()).status_code == 201
    assert put(api, used, pictures.jpeg()) == (409, "UPLOAD_ALREADY_USED")

    late = opened(author)["url"]
    frozen_clock.advance(minutes=10)
    assert put(api, late, pictures.jpeg()) == (410, "UPLOAD_EXPIRED")


def test_a_refusal_speaks_the_senders_language(api: Api) -> None:
    url = path_of(opened(api.as_customer("camille"))["url"]).replace("en-US", "fr-FR")

    answer = api.client.put(url, content=pictures.SVG)

    assert answer.json()["error"]["message"].startswith("Ce type de fichier")


def test_a_cut_off_stream_uses_nothing_up(api: Api) -> None:
    upload = opened(api.as_customer("camille"), size=5000)

    def too_much() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 1000

    assert api.client.put(path_of(upload["url"]), content=too_much()).status_code == 413
    answer = api.client.put(path_of(upload["url"]), content=pictures.saved(pictures.picture(64, 64), "JPEG"))
    assert answer.status_code == 201


def test_browsers_on_the_storefronts_origin_may_upload(api: Api) -> None:
    path = path_of(opened(api.as_customer("camille"))["url"])
    asked = {"Origin": "https://main.example", "Access-Control-Request-Method": "PUT"}

    allowed = api.client.options(path, headers=asked)
    assert (allowed.status_code, allowed.headers["access-control-allow-methods"]) == (204, "PUT")

    stranger = api.client.options(path, headers=asked | {"Origin": "https://elsewhere.example"})
    assert (stranger.status_code, "access-control-allow-origin" in stranger.headers) == (403, False)

    sent_there = api.client.put(path, content=pictures.jpeg(), headers={"Origin": "https://main.example"})
    assert sent_there.headers["access-control-allow-origin"] == "https://main.example"


def test_another_persons_photo_cannot_be_attached(api: Api) -> None:
    stolen = sent(api.as_customer("camille"))
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
    photo_id = sent(api.as_customer("camille"))

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
    visitor.data(PAGE, id=product_id)

    with statements() as seen:
        found = visitor.data(PAGE, id=product_id)["node"]

    assert [len(review["photos"]) for review in found["reviews"]["nodes"]] == [1] * reviews
    assert len(found["photos"]["nodes"]) == min(reviews, 12)
    # the product, its reviews, their photos, the product's photos, and the reviews that these belong to
    assert len(seen) == 5
