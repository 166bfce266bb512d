"""Submit, edit and withdraw over the API: what is answered, what is refused, and that the denied change nothing."""

import pytest
from sqlmodel import Session, select

from core.identity import Permission
from core.ids import to_public
from loyalty import memberships
from loyalty.memberships import JoinDraft
from tests.api.conftest import Api
from tests.api.ugc import make as make_api
from tests.api.ugc.make import EDIT, STANDING, SUBMIT, WITHDRAW
from tests.make import loyalty as make_loyalty
from tests.make import photos as make_photos
from tests.make import shop as make
from ugc.tables.reviews import Review

NODE = f"query Node($id: ID!) {{ node(id: $id) {{ __typename id ... on Review {{ body {STANDING} }} }} }}"
OWN = "{ viewer { reviews(first: 5) { nodes { id standing { status } } } } }"


def stored(api: Api) -> list[tuple[int, int]]:
    """Every review and its version."""
    with api.database.reading() as session:
        return [(review.id, review.version) for review in session.exec(select(Review))]


def test_a_new_customer_submits_and_sees_where_it_stands(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")

    review = make_api.submit(api.as_customer("ada"), product_id, rating=4)

    assert review["author"] == {"displayName": "Ada L."}
    assert review["standing"] == {
        "status": "QUEUED",
        "latestStatus": "QUEUED",
        "decided": False,
        "version": 1,
        "revisionNo": 1,
        "body": make_api.BODY.format(1),
        "reason": None,
        "reasonMessage": None,
        "editable": True,
    }


def test_a_review_that_waits_is_its_authors_and_staffs_alone(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    review = make_api.submit(api.as_customer("ada"), product_id)
    make_api.submit(api.as_customer("ben"), product_id, number=2)

    def seen(callee: object) -> object:
        return callee.data(NODE, id=review["id"])["node"]  # type: ignore[attr-defined]

    assert seen(api.as_visitor()) is None
    assert seen(api.as_customer("ben")) is None
    assert seen(api.as_customer("nobody yet")) is None
    assert seen(api.as_customer("ada")) == seen(api.as_staff())
    own = api.as_customer("ada").data(OWN)["viewer"]["reviews"]["nodes"]
    assert [node["id"] for node in own] == [review["id"]]
    assert api.as_customer("nobody yet").data(OWN)["viewer"]["reviews"]["nodes"] == []


def test_a_public_review_tells_others_nothing_of_its_standing(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    review = make_api.published(api, product_id, author="ada")
    make_api.submit(api.as_customer("ben"), product_id, number=2)

    for callee in (api.as_visitor(), api.as_customer("ben"), api.as_customer("nobody yet")):
        node = callee.data(NODE, id=review["id"])["node"]
        assert (node["__typename"], node["standing"]) == ("Review", None)
    assert api.as_customer("ada").data(NODE, id=review["id"])["node"]["standing"]["status"] == "PUBLISHED"


def test_one_key_gives_one_review(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    ada = api.as_customer("ada")
    words = {"productId": product_id, "rating": 4, "body": make_api.BODY.format(1)}

    first = ada.data(SUBMIT, input=words, key="k1")["submitReview"]
    again = ada.data(SUBMIT, input=words, key="k1")["submitReview"]
    other = ada.data(SUBMIT, input={**words, "rating": 5}, key="k1")["submitReview"]
    unkeyed = ada.data(SUBMIT, input=words)["submitReview"]

    assert first == again
    assert other["userErrors"][0]["code"] == "IDEMPOTENCY_CONFLICT"
    assert unkeyed["userErrors"] == [
        {
            "code": "ALREADY_REVIEWED",
            "field": ["productId"],
            "message": "You have already reviewed this product. Edit your review instead.",
        }
    ]
    assert len(stored(api)) == 1


@pytest.mark.parametrize(
    "bad, code, field",
    [
        ({"productId": "rubbish"}, "PRODUCT_NOT_FOUND", ["productId"]),
        ({"rating": 0}, "RATING_OUT_OF_RANGE", ["rating"]),
        ({"body": "   "}, "BODY_MISSING", ["body"]),
        ({"body": "x" * 5001}, "BODY_TOO_LONG", ["body"]),
        ({"title": "x" * 121}, "TITLE_TOO_LONG", ["title"]),
        ({"locale": "not a locale"}, "LOCALE_UNKNOWN", ["locale"]),
        ({"displayName": "ada@mail.example"}, "DISPLAY_NAME_REFUSED", ["displayName"]),
        ({"experiencedOn": "2999-01-01"}, "EXPERIENCE_IN_FUTURE", ["experiencedOn"]),
        ({"photoIds": ["rubbish"]}, "PHOTO_NOT_FOUND", ["photoIds", "0"]),
    ],
)
def test_bad_input_is_coded_and_writes_nothing(api: Api, bad: dict[str, object], code: str, field: list[str]) -> None:
    product_id = make_api.product(api.database, "sencha")
    words = {"productId": product_id, "rating": 4, "body": make_api.BODY.format(1), **bad}

    payload = api.as_customer("ada").data(SUBMIT, input=words)["submitReview"]

    assert payload["review"] is None
    assert [(error["code"], error["field"]) for error in payload["userErrors"]] == [(code, field)]
    assert stored(api) == []


def test_a_refusal_speaks_the_customers_language(api: Api) -> None:
    payload = api.as_customer("ada").data(SUBMIT, input={"productId": "?", "rating": 4, "body": "x"})["submitReview"]

    assert payload["userErrors"][0]["message"] == "There is no such product. Check the link that you followed."


def test_an_edit_waits_behind_the_public_text(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    review = make_api.published(api, product_id, author="ada")
    words = {"reviewId": review["id"], "version": review["standing"]["version"], "rating": 1, "body": "Meh."}

    payload = api.as_customer("ada").data(EDIT, input=words)["editReview"]

    assert payload["userErrors"] == []
    assert payload["review"]["body"] == make_api.BODY.format(1)
    standing = payload["review"]["standing"]
    assert (standing["status"], standing["latestStatus"], standing["body"]) == ("PUBLISHED", "QUEUED", "Meh.")


def test_an_edit_of_a_stale_version_is_a_conflict(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    review = make_api.published(api, product_id, author="ada")
    before = stored(api)
    words = {"reviewId": review["id"], "version": 1, "rating": 1, "body": "Meh."}

    payload = api.as_customer("ada").data(EDIT, input=words)["editReview"]

    assert [error["code"] for error in payload["userErrors"]] == ["CONFLICT"]
    assert stored(api) == before


def test_a_rejected_author_reads_why(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    review = make_api.submit(api.as_customer("ada"), product_id)
    make_api.decide(api.as_staff(), review, "REJECT", reason="LINK")

    standing = api.as_customer("ada").data(NODE, id=review["id"])["node"]["standing"]

    assert (standing["reason"], standing["editable"]) == ("LINK", True)
    assert standing["reasonMessage"] == "Your review holds a link. Take it out, then send it again."


def test_withdrawing_takes_it_from_the_page(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    review = make_api.published(api, product_id, author="ada")

    payload = api.as_customer("ada").data(WITHDRAW, input={"reviewId": review["id"]})["withdrawReview"]

    assert payload["review"]["standing"]["status"] == "WITHDRAWN"
    assert api.as_visitor().data(NODE, id=review["id"])["node"] is None


def test_others_can_neither_edit_nor_withdraw(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    review = make_api.published(api, product_id, author="ada")
    before = stored(api)
    words = {"reviewId": review["id"], "version": review["standing"]["version"], "rating": 1, "body": "Meh, really."}

    edited = api.as_customer("ben").data(EDIT, input=words)["editReview"]
    withdrawn = api.as_customer("ben").data(WITHDRAW, input={"reviewId": review["id"]})["withdrawReview"]

    assert [error["code"] for error in edited["userErrors"] + withdrawn["userErrors"]] == ["REVIEW_NOT_FOUND"] * 2
    assert stored(api) == before


def test_only_customers_write_reviews(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    words = {"productId": product_id, "rating": 4, "body": make_api.BODY.format(1)}
    denied = [
        (api.as_nobody(), "UNAUTHENTICATED"),
        (api.as_visitor(), "FORBIDDEN"),
        (api.as_staff(), "FORBIDDEN"),
        (api.as_service(Permission.READ_REVIEWS), "FORBIDDEN"),
    ]

    for callee, code in denied:
        assert callee.code(SUBMIT, input=words) == code
        assert callee.code(WITHDRAW, input={"reviewId": "x"}) == code
        edit = {"reviewId": "x", "version": 1, "rating": 1, "body": "x"}
        assert callee.code(EDIT, input=edit) == code
    assert stored(api) == []


def test_photos_come_along_or_nothing_is_written(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")

    def upload(session: Session, customer: str) -> str:
        customer_id = make.customer(session, customer, storefront_id=api.storefront.id)
        return to_public("Photo", make_photos.photo(session, customer_id=customer_id))

    own = api.database.writing(lambda session: upload(session, "ada"))
    foreign = api.database.writing(lambda session: upload(session, "ben"))
    words = {"productId": product_id, "rating": 4, "body": make_api.BODY.format(1)}
    ada = api.as_customer("ada")

    refused = ada.data(SUBMIT, input={**words, "photoIds": [own, foreign]})["submitReview"]
    assert [(error["code"], error["field"]) for error in refused["userErrors"]] == [
        ("PHOTO_NOT_FOUND", ["photoIds", "1"])
    ]
    assert stored(api) == []

    taken = ada.data(SUBMIT, input={**words, "photoIds": [own]})["submitReview"]
    assert taken["userErrors"] == []
    assert len(stored(api)) == 1


def test_what_was_promised_is_loyaltys_to_say(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")

    def join(session: Session) -> None:
        customer_id = make.customer(session, "ada", storefront_id=api.storefront.id)
        program_id = make_loyalty.program(session, make_loyalty.program_draft(make_loyalty.FIFTY_A_REVIEW))
        make.accepted(memberships.join(session, JoinDraft(program_id, customer_id, "1", "TEST")))

    api.database.writing(join)
    asked = "query Node($id: ID!) { node(id: $id) { ... on Review { incentivised } } }"

    for customer, promised in (("ada", True), ("ben", False)):
        review = make_api.submit(api.as_customer(customer), product_id, number=len(customer) + promised)
        assert api.as_customer(customer).data(asked, id=review["id"])["node"] == {"incentivised": promised}
