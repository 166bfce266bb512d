"""What is told as it happens, to whom, over both transports: the queue, what is published, one's own points."""

import time
from pathlib import Path
from typing import Any

import pytest

from core import db, ids, outbox
from core.identity import Permission, Role
from tests.api.conftest import Callee
from tests.api.loyalty.test_members import Club
from tests.api.streams.conftest import Live, Serve, Socket
from tests.api.ugc import make, make_photos
from tests.make import pages
from tests.worker.world import wait_until
from ugc.events import ReviewEvent
from worker.inspector import Inspector

QUEUE = (
    "subscription { moderationQueueChanged { change item { revisionNo status } review { id } photo { id status } } }"
)
PUBLISHED = "subscription($of: ID) { reviewPublished(productId: $of) { review { id rating product { handle } } } }"
OPERATIONS = Path(__file__).parents[3] / "examples" / "operations"
BALANCE = "subscription { balanceChanged { membership { balance { spendable } } entry { points explanation } } }"

TIER = "subscription { tierChanged { move membership { tier { name } } } }"


def data(socket: Socket) -> Any:  # noqa: ANN401 - JSON
    message = socket.next()
    assert message["type"] == "next", message
    return message["payload"]["data"]


def listen(live: Live, socket: Socket, document: str, *, listeners: int = 1, name: str = "1", **variables: Any) -> None:  # noqa: ANN401
    socket.subscribe(document, name=name, **variables)
    wait_until(lambda: live.app.state.feed.listeners == listeners)


def test_a_moderator_is_told_what_enters_the_queue_and_what_leaves_it(live: Live) -> None:
    product = make.product(live.database, "tea")
    with live.socket(live.as_staff()) as socket:
        listen(live, socket, QUEUE)

        review = make.submit(live.as_customer("camille"), product)
        entered = data(socket)["moderationQueueChanged"]
        make.decide(live.as_staff(), review)
        left = data(socket)["moderationQueueChanged"]

    assert entered == {
        "change": "ENTERED",
        "item": {"revisionNo": 1, "status": "QUEUED"},
        "review": {"id": review["id"]},
        "photo": None,
    }
    assert left == {"change": "LEFT", "item": None, "review": {"id": review["id"]}, "photo": None}


def test_a_photo_enters_the_queue_with_its_review_and_leaves_it_with_the_first_decision(live: Live) -> None:
    with live.socket(live.as_staff()) as socket:
        listen(live, socket, QUEUE)

        review, _ = make_photos.reviewed(live)
        told = [data(socket)["moderationQueueChanged"] for _ in range(3)]
        photo = next(each["photo"] for each in told if each["photo"])
        make_photos.moderated(live, {"id": photo["id"], "version": 1})
        decided = data(socket)["moderationQueueChanged"]

    assert sorted((each["change"], each["photo"] is not None) for each in told) == [
        ("ENTERED", False),
        ("ENTERED", True),
        ("LEFT", False),
    ]
    assert photo["status"] == "PENDING"
    assert (decided["change"], decided["photo"]["status"]) == ("LEFT", "APPROVED")
    assert decided["review"] == {"id": review["id"]}


def test_everybody_is_told_what_is_published_of_the_product_they_name(live: Live) -> None:
    tea, pot = make.product(live.database, "tea"), make.product(live.database, "pot")
    with live.events(live.as_visitor(), PUBLISHED, of=tea) as events:
        wait_until(lambda: live.app.state.feed.listeners == 1)

        make.published(live, pot, author="ada")
        review = make.published(live, tea, author="camille", rating=4)
        told = next(events)

    assert told["data"] == {
        "reviewPublished": {"review": {"id": review["id"], "rating": 4, "product": {"handle": "tea"}}}
    }


def test_a_customer_is_told_of_their_own_points_and_nobody_elses(live: Live) -> None:
    club, ada, bob = Club(live), live.as_customer("ada"), live.as_customer("bob")
    for each in (ada, bob):
        club.join(each)
    with live.socket(ada) as socket:
        listen(live, socket, BALANCE)

        club.order("bob", 10)
        club.order("ada", 150, number="1002")
        told = data(socket)["balanceChanged"]
        club.redeem(ada)
        spent = data(socket)["balanceChanged"]

    assert told == {
        "membership": {"balance": {"spendable": 150}},
        "entry": {"points": 150, "explanation": "150 points for order 1002."},
    }
    assert spent["membership"] == {"balance": {"spendable": 50}}
    assert spent["entry"]["points"] == -100


def test_a_customer_is_told_of_their_own_tiers_and_nobody_elses(live: Live) -> None:
    club, ada, bob = Club(live), live.as_customer("ada"), live.as_customer("bob")
    for each in (ada, bob):
        club.join(each)
    with live.socket(ada) as socket:
        listen(live, socket, TIER)

        club.order("bob", 600)
        club.order("ada", 600, number="1002")
        reached = data(socket)["tierChanged"]
        club.take_back("1002", 600)
        lowered = data(socket)["tierChanged"]

    assert reached == {"move": "REACHED", "membership": {"tier": {"name": "Gold"}}}
    assert lowered == {"move": "LOWERED", "membership": {"tier": {"name": "Base"}}}


def test_who_becomes_a_member_while_they_listen_is_told_their_first_tier_once(live: Live) -> None:
    club, ada = Club(live), live.as_customer("ada")
    with live.socket(ada) as socket:
        listen(live, socket, TIER)

        club.join(ada)

        assert data(socket)["tierChanged"] == {"move": "REACHED", "membership": {"tier": {"name": "Base"}}}


def test_who_becomes_a_customer_while_they_listen_is_told_too(live: Live) -> None:
    club, ada = Club(live), live.as_customer("ada")
    with live.socket(ada) as socket:
        listen(live, socket, BALANCE)

        club.join(ada)
        club.order("ada", 150)
        known = data(socket)["balanceChanged"]

    assert known["membership"] == {"balance": {"spendable": 150}} or known["entry"] is None


def test_an_event_that_takes_too_long_to_answer_is_the_last_one(serve: Serve) -> None:
    live = serve(request_seconds=0.5)
    review = make.published(live, make.product(live.database, "tea"))

    def slow(statement: str) -> None:
        if "FROM review" in statement:
            time.sleep(1)

    with live.socket(live.as_visitor()) as socket:
        listen(live, socket, PUBLISHED)
        with db.observing(slow):
            _tell_again(live, review["id"])
            last, end = socket.next(), socket.next()

    assert [each["extensions"]["code"] for each in last["payload"]["errors"]] == ["TIMEOUT"]
    assert end == {"id": "1", "type": "complete"}
    wait_until(live.is_idle)


def _tell_again(live: Live, review_id: str) -> None:
    named = ids.from_public(review_id)
    assert named is not None
    number = named[1]
    payload: dict[str, int | str | None] = {"reviewId": number, "productId": 1}
    live.database.writing(
        lambda session: outbox.record(session, ReviewEvent.PUBLISHED, aggregate=("Review", number), payload=payload)
    )


def test_every_event_is_answered_from_what_is_there_then(live: Live) -> None:
    product = make.product(live.database, "tea")
    summary = "subscription { reviewPublished { review { product { ratingSummary { count } } } } }"
    with live.socket(live.as_visitor()) as socket:
        listen(live, socket, summary)
        counts = []
        for author in ("ada", "bob", "camille"):
            make.published(live, product, author=author)
            counts.append(data(socket)["reviewPublished"]["review"]["product"]["ratingSummary"]["count"])

    assert counts == [1, 2, 3]


@pytest.mark.parametrize(
    "document, caller, code",
    [
        (QUEUE, "visitor", "FORBIDDEN"),
        (QUEUE, "customer", "FORBIDDEN"),
        (QUEUE, "service", "FORBIDDEN"),
        (BALANCE, "visitor", "FORBIDDEN"),
        (BALANCE, "staff", "FORBIDDEN"),
        (BALANCE, "service", "FORBIDDEN"),
        (TIER, "visitor", "FORBIDDEN"),
        (TIER, "staff", "FORBIDDEN"),
        (TIER, "service", "FORBIDDEN"),
        (PUBLISHED, "nobody", "UNAUTHENTICATED"),
        (QUEUE, "nobody", "UNAUTHENTICATED"),
    ],
)
def test_who_may_not_listen_is_told_so_before_any_stream_begins(
    live: Live, document: str, caller: str, code: str
) -> None:
    scopes = (Permission.READ_REVIEWS, Permission.READ_MEMBERS, Permission.READ_PUBLIC)
    callers: dict[str, Callee] = {
        "nobody": live.as_nobody(),
        "visitor": live.as_visitor(),
        "customer": live.as_customer("ada"),
        "staff": live.as_staff(),
        "service": live.as_service(*scopes),
    }
    asking = callers[caller]
    headers = {**asking.headers, "Accept": "text/event-stream"}

    refused = live.client.post("/graphql", json={"query": document}, headers=headers)

    assert refused.status_code == {"FORBIDDEN": 403, "UNAUTHENTICATED": 401}[code]
    assert refused.headers["content-type"] == "application/graphql-response+json; charset=utf-8"
    assert refused.json()["errors"][0]["extensions"]["code"] == code
    assert "data" not in refused.json()
    assert live.is_idle()


def test_an_id_of_another_type_is_a_product_that_nothing_is_published_of(live: Live) -> None:
    product = make.product(live.database, "tea")
    with live.socket(live.as_visitor()) as socket:
        socket.subscribe(PUBLISHED, of=ids.to_public("Review", 7))
        socket.subscribe(PUBLISHED, name="2")
        wait_until(lambda: live.app.state.feed.listeners >= 1)
        make.published(live, product)

        assert socket.next()["id"] == "2"


def test_a_check_of_a_page_is_followed_to_its_end(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    document = (OPERATIONS / "page_check_changed.graphql").read_text()
    with pages.shop_of_one_product(live.database, monkeypatch) as shop, live.socket(live.as_staff(Role.SEO)) as socket:
        shop.pages["/products/galet"] = pages.page(live.database)
        asked = pages.asked(live.database, shop)
        listen(live, socket, document, pageCheckId=ids.to_public("PageCheck", asked))

        Inspector(live.database).drain()
        told = [data(socket)["pageCheckChanged"]["pageCheck"] for _ in range(2)]

    assert told[-1]["state"] == "DONE"
    assert told[-1]["coverage"] == {"reviews": 2, "yes": 2, "no": 0, "depends": 0, "share": 1.0}
    assert {each["code"] for each in told[-1]["findings"]} >= {"OG-01"}


def test_who_may_not_read_reviews_follows_no_check(live: Live) -> None:
    with live.socket(live.as_visitor()) as socket:
        socket.subscribe("subscription { pageCheckChanged { pageCheck { id } } }")

        assert socket.next()["payload"][0]["extensions"]["code"] == "FORBIDDEN"
