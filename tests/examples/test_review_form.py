"""Signing in at the example storefront and writing a review there."""

from typing import Any

import httpx2
import pytest
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from core import customer_tokens
from core.customer_tokens import CustomerClaims, TokenTerms
from examples.storefront import tokens
from examples.storefront.app import create_app
from tests.examples.reading import links, read, text
from tests.examples.selling import MEMBER, MEMBERS_POINTS
from tests.examples.street import Street
from ugc.tables.reviews import Review, ReviewRevision

TOWEL = "/fr/products/torchon-damier"
BODY = "Il sèche les verres sans peluches, et la bride tient bien au crochet."


def sign_in(visit: httpx2.Client, person: str) -> None:
    answer = visit.post("/fr/sign-in", data={"person": person, "back": "torchon-damier"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{TOWEL}#write")


def filled(visit: httpx2.Client, **changes: str) -> dict[str, str]:
    [attempt] = links(read(visit, TOWEL), 'input[name="attempt"]', "value")
    return {"rating": "4", "title": "Utile", "body": BODY, "display_name": "", "attempt": attempt} | changes


def written(street: Street, body: str) -> list[Any]:
    def ask(session: Session) -> list[Any]:
        newest = select(Review.rating, ReviewRevision.title).join(
            ReviewRevision, col(Review.id) == ReviewRevision.review_id
        )
        return list(session.exec(newest.where(ReviewRevision.body == body)).all())

    with street.database.reading() as session:
        return ask(session)


def test_a_visitor_is_led_to_sign_in_first(visit: httpx2.Client, street: Street) -> None:
    [way] = links(read(visit, TOWEL), "#write a")
    assert way == "/fr/sign-in?back=torchon-damier"

    answer = visit.post(TOWEL, data={"rating": "4", "body": "Sans compte, sans avis."})

    assert (answer.status_code, answer.headers["location"]) == (303, way)
    assert written(street, "Sans compte, sans avis.") == []


def test_a_signed_in_customer_reviews_once_however_often_the_form_is_sent(visit: httpx2.Client, street: Street) -> None:
    sign_in(visit, "C-1001")
    form = filled(visit)

    first, again = visit.post(TOWEL, data=form), visit.post(TOWEL, data=form)

    assert first.headers["location"] == again.headers["location"] == f"{TOWEL}?review=waiting#reviews"
    assert "sera relu avant" in text(read(visit, first.headers["location"]), ".notice")
    assert written(street, BODY) == [(4, "Utile")]


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(visit: httpx2.Client, street: Street) -> None:
    sign_in(visit, "C-1002")

    answer = visit.post(TOWEL, data=filled(visit, rating="", body="Je n'ai pas choisi d'étoiles."))

    assert answer.status_code == 422
    assert "Choisissez une note." in answer.text
    assert "Je n&#39;ai pas choisi d&#39;étoiles." in answer.text
    assert written(street, "Je n'ai pas choisi d'étoiles.") == []


def test_fidelios_own_refusals_are_shown_in_the_shops_language(visit: httpx2.Client, street: Street) -> None:
    sign_in(visit, "C-1003")
    visit.post(TOWEL, data=filled(visit, body="Mon premier avis sur ce torchon à carreaux."))

    answer = visit.post(TOWEL, data=filled(visit, body="Mon second avis sur le même torchon."))

    assert answer.status_code == 422
    assert "déjà" in answer.text
    assert written(street, "Mon second avis sur le même torchon.") == []


def test_a_token_that_fidelio_no_longer_takes_signs_out(visit: httpx2.Client) -> None:
    visit.cookies.set("customer_fr", "not.a.token")

    answer = visit.get(TOWEL)

    assert (answer.status_code, answer.headers["location"].endswith(TOWEL)) == (303, True)
    assert 'customer_fr=""' in answer.headers["set-cookie"]


def test_signing_out_forgets_the_token(visit: httpx2.Client) -> None:
    sign_in(visit, "C-1004")
    assert "Bonjour Yanis" in text(read(visit, TOWEL), ".account")

    visit.post("/fr/sign-out")

    assert read(visit, TOWEL).css(".account") == []


def test_members_see_their_points_and_tier(visit: httpx2.Client) -> None:
    sign_in(visit, MEMBER)

    assert text(read(visit, TOWEL), ".account__points") == f"{MEMBERS_POINTS} points · Argent"
    assert text(read(visit, "/fr/"), ".account__points") == f"{MEMBERS_POINTS} points · Argent"


def test_signed_in_pages_are_kept_by_no_cache(visit: httpx2.Client) -> None:
    sign_in(visit, "C-1004")

    answer = visit.get(TOWEL)

    assert (answer.headers["cache-control"], answer.headers["vary"]) == ("private, no-store", "Cookie")


@pytest.mark.parametrize("person", ["C-9999", ""])
def test_only_the_demo_customers_can_be_chosen(visit: httpx2.Client, person: str) -> None:
    answer = visit.post("/fr/sign-in", data={"person": person})

    assert answer.status_code == 422
    assert "set-cookie" not in answer.headers


def test_without_the_secret_a_token_is_asked_for_and_proved(street: Street) -> None:
    shop = street.storefronts["fr"]
    claims = CustomerClaims("pasted-1", None, "Odile", "P")
    good = customer_tokens.mint(claims, secret=shop.customer_secret, audience="fr")
    with TestClient(create_app(street.given(with_secret=False)), follow_redirects=False) as client:
        assert 'name="token"' in client.get("/fr/sign-in").text

        refused = client.post("/fr/sign-in", data={"token": f"{good}x"})
        taken = client.post("/fr/sign-in", data={"token": good})

    assert (refused.status_code, "set-cookie" in refused.headers) == (422, False)
    assert taken.status_code == 303
    assert "httponly" in taken.headers["set-cookie"].lower()


def test_the_shops_own_tokens_are_what_fidelio_reads() -> None:
    token = tokens.mint("C-1", audience="fr", secret="s" * 32, given_name="Zoé")

    terms = TokenTerms(audience="fr", secrets=("s" * 32,))
    assert customer_tokens.read_shared(token, terms) == CustomerClaims("C-1", None, "Zoé", None)
    assert tokens.given_name(token) == "Zoé"
    assert tokens.given_name("rubbish") == ""
