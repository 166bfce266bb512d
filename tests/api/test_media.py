"""Renditions over HTTP: public ones for good and harmless, all others by a signed address alone."""

from tests.api.conftest import Api
from tests.api.ugc import make_photos as photos
from tests.conftest import FrozenClock


def test_a_public_file_is_served_for_good_and_can_do_nothing(api: Api) -> None:
    _, product_id = photos.reviewed(api)
    (waiting,) = api.as_staff().data(photos.QUEUE)["photoQueue"]["nodes"]
    photos.moderated(api, waiting)
    (shown,) = api.as_visitor().data(photos.PRODUCT, id=product_id)["node"]["photos"]["nodes"]

    answer = api.client.get(photos.path_of(shown["renditions"][0]["url"]))

    assert answer.status_code == 200
    assert answer.content[8:12] == b"WEBP"
    assert b"Secretcam" not in answer.content
    assert answer.headers["content-type"] == "image/webp"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-disposition"] == "inline"
    assert answer.headers["content-security-policy"] == "default-src 'none'"
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


def test_an_undecided_file_is_shown_by_signed_address_alone(api: Api, frozen_clock: FrozenClock) -> None:
    review, _ = photos.reviewed(api)
    author = api.as_customer("camille").data(photos.REVIEW, id=review["id"])["node"]
    assert author["photos"] == []
    (own,) = author["sentPhotos"]
    signed = photos.path_of(own["renditions"][0]["url"])

    previewed = api.client.get(signed)
    assert (previewed.status_code, previewed.headers["cache-control"]) == (200, "private, no-store")

    bare, _, token = signed.partition("?preview=")
    other = photos.path_of(own["renditions"][1]["url"]).partition("?")[0]
    for wrong in (bare, f"{bare}?preview=x", f"{other}?preview={token}", "/media/x.webp", f"/media/{'0' * 64}.webp"):
        answer = api.client.get(wrong)
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "NOT_FOUND")

    frozen_clock.advance(minutes=10)
    assert api.client.get(signed).status_code == 404
