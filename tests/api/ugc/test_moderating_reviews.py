"""The queue and decisions over the API: who may, what a race gives, what is restored."""

import pytest

from core.identity import Permission, Role
from tests.api.conftest import Api
from tests.api.ugc import make as make_api
from tests.api.ugc.make import MODERATE, STANDING, UNDO

QUEUE = """query Queue($first: Int!, $after: String) { moderationQueue(first: $first, after: $after) {
  pageInfo { hasNextPage endCursor }
  nodes { reviewId revisionNo version status isEdit productName rating body authorName findings waitingSince }
} }"""
CASE = f"""query Case($id: ID!) {{ node(id: $id) {{ ... on Review {{ {STANDING} case {{
  revisions {{ number isPublic body }}
  verdicts {{ screen outcome code message version spans {{ field start end match }} }}
  decisions {{ act actor byViewer fromStatus toStatus reason revisionNo }}
  authorReviews {{ status count }}
}} }} }} }}"""


def test_the_queue_leads_through_what_waits(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    made = [make_api.submit(api.as_customer(f"a{n}"), product_id, number=n)["id"] for n in range(3)]
    moderator = api.as_staff()

    first = moderator.data(QUEUE, first=2)["moderationQueue"]
    rest = moderator.data(QUEUE, first=2, after=first["pageInfo"]["endCursor"])["moderationQueue"]

    assert [item["reviewId"] for item in first["nodes"] + rest["nodes"]] == made
    item = first["nodes"][0]
    assert (item["status"], item["isEdit"], item["productName"]) == ("QUEUED", False, "Sencha")
    assert (item["authorName"], item["findings"]) == ("Ada L.", ["FIRST_CONTRIBUTION"])


def test_staff_read_the_whole_story_with_its_passages(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    body = "Such a scam, see www.example.com for more of it."
    review = make_api.submit(api.as_customer("ada"), product_id, body=body)
    moderator = api.as_staff()
    make_api.decide(moderator, review, "REJECT", reason="LINK")

    case = moderator.data(CASE, id=review["id"])["node"]["case"]

    assert case["revisions"] == [{"number": 1, "isPublic": False, "body": body}]
    found = {verdict["code"]: verdict["spans"] for verdict in case["verdicts"] if verdict["code"]}
    assert found["SUSPECT_WORD"] == [{"field": "body", "start": 7, "end": 11, "match": "scam"}]
    assert [body[span["start"] : span["end"]] for span in found["LINK"]] == ["www.example.com"]
    assert [(act["act"], act["actor"], act["byViewer"]) for act in case["decisions"]] == [
        ("REJECT", "STAFF", True),
        ("SUBMIT", "AUTHOR", False),
    ]
    assert case["authorReviews"] == [{"status": "REJECTED", "count": 1}]


def test_of_two_moderators_the_second_gets_a_conflict(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    review = make_api.submit(api.as_customer("ada"), product_id)

    won = make_api.decide(api.as_staff(), review)
    lost = make_api.decide(api.as_staff(locale="fr"), review, "REJECT", reason="SPAM")

    assert won["userErrors"] == []
    assert lost["review"] is None
    assert lost["userErrors"] == [
        {
            "code": "CONFLICT",
            "field": ["version"],
            "message": "Cet avis a changé depuis que vous l’avez ouvert. Rechargez-le, puis décidez.",
        }
    ]
    assert api.as_staff().data(CASE, id=review["id"])["node"]["standing"]["status"] == "PUBLISHED"


def test_a_decision_is_taken_back_by_its_own_moderator(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    moderator, other = api.as_staff(), api.as_staff()
    review = make_api.submit(api.as_customer("ada"), product_id)
    approved = make_api.decide(moderator, review)["review"]
    taken_back = {"reviewId": review["id"], "version": approved["standing"]["version"]}

    foreign = other.data(UNDO, input=taken_back)["undoModeration"]
    undone = moderator.data(UNDO, input=taken_back)["undoModeration"]
    again = moderator.data(UNDO, input=taken_back)["undoModeration"]

    assert [error["code"] for error in foreign["userErrors"]] == ["NOT_YOUR_DECISION"]
    assert undone["review"]["standing"]["status"] == "QUEUED"
    assert [error["code"] for error in again["userErrors"]] == ["CONFLICT"]


@pytest.mark.parametrize(
    "bad, code",
    [
        ({"decision": "REJECT"}, "REASON_REQUIRED"),
        ({"reviewId": "rubbish"}, "REVIEW_NOT_FOUND"),
        ({"revisionNo": 2}, "CONFLICT"),
    ],
)
def test_a_bad_decision_changes_nothing(api: Api, bad: dict[str, object], code: str) -> None:
    product_id = make_api.product(api.database, "sencha")
    review = make_api.submit(api.as_customer("ada"), product_id)
    words = {"reviewId": review["id"], "revisionNo": 1, "version": 1, "decision": "APPROVE", **bad}

    payload = api.as_staff().data(MODERATE, input=words)["moderateReview"]

    assert [error["code"] for error in payload["userErrors"]] == [code]
    assert api.as_staff().data(CASE, id=review["id"])["node"]["standing"]["version"] == 1


def test_who_may_not_decide_changes_nothing(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    review = make_api.submit(api.as_customer("ada"), product_id)
    words = {"reviewId": review["id"], "revisionNo": 1, "version": 1, "decision": "APPROVE"}
    denied = [
        (api.as_nobody(), "UNAUTHENTICATED"),
        (api.as_visitor(), "FORBIDDEN"),
        (api.as_customer("ada"), "FORBIDDEN"),
        (api.as_service(Permission.MANAGE_SHOP), "FORBIDDEN"),
    ]

    for callee, code in denied:
        assert callee.code(MODERATE, input=words) == code
        assert callee.code(UNDO, input={"reviewId": review["id"], "version": 1}) == code
        assert callee.code(QUEUE, first=5) == code
    assert api.as_service(Permission.READ_REVIEWS).code(MODERATE, input=words) == "FORBIDDEN"
    assert api.as_customer("ada").code(CASE, id=review["id"]) == "FORBIDDEN"
    assert api.as_staff(Role.ADMIN).data(CASE, id=review["id"])["node"]["standing"]["version"] == 1


def test_a_service_key_may_read_the_queue(api: Api) -> None:
    product_id = make_api.product(api.database, "sencha")
    make_api.submit(api.as_customer("ada"), product_id)

    queue = api.as_service(Permission.READ_REVIEWS).data(QUEUE, first=5)["moderationQueue"]

    assert len(queue["nodes"]) == 1
