"""The bytes of a photo: an address once and for ten minutes, a cap while they stream, and refusals in JSON."""

from collections.abc import Iterator

from tests.api.conftest import Api
from tests.api.ugc import make_photos as photos
from tests.conftest import FrozenClock
from tests.make import photos as pictures


def put(api: Api, url: str, content: bytes) -> tuple[int, str]:
    """(status, code of the JSON body) of a PUT."""
    answer = api.client.put(photos.path_of(url), content=content)
    return answer.status_code, answer.json()["error"]["code"]


def test_bytes_that_cannot_be_taken_are_refused_in_json(api: Api, frozen_clock: FrozenClock) -> None:
    author = api.as_customer("camille")
    small = photos.opened(author, size=100)["url"]
    assert put(api, small, pictures.jpeg()) == (413, "FILE_TOO_LARGE")
    assert put(api, small, b"") == (422, "FILE_EMPTY")
    assert put(api, photos.opened(author)["url"], pictures.SVG) == (415, "FORMAT_NOT_SUPPORTED")
    assert put(api, photos.opened(author)["url"], pictures.png_header(50_000, 50_000)) == (422, "PICTURE_TOO_LARGE")
    assert put(api, photos.opened(author)["url"], pictures.jpeg()[:3000]) == (422, "PICTURE_DAMAGED")
    assert put(api, "/media/uploads/rubbish", pictures.jpeg()) == (404, "UPLOAD_NOT_FOUND")

    used = photos.opened(author)["url"]
    assert api.client.put(photos.path_of(used), content=pictures.jpeg()).status_code == 201
    assert put(api, used, pictures.jpeg()) == (409, "UPLOAD_ALREADY_USED")

    late = photos.opened(author)["url"]
    frozen_clock.advance(minutes=10)
    assert put(api, late, pictures.jpeg()) == (410, "UPLOAD_EXPIRED")


def test_a_refusal_speaks_the_senders_language(api: Api) -> None:
    url = photos.path_of(photos.opened(api.as_customer("camille"))["url"]).replace("en-US", "fr-FR")

    answer = api.client.put(url, content=pictures.SVG)

    assert answer.json()["error"]["message"].startswith("Ce type de fichier")


def test_a_cut_off_stream_uses_nothing_up(api: Api) -> None:
    upload = photos.opened(api.as_customer("camille"), size=5000)

    def too_much() -> Iterator[bytes]:
        for _ in range(100):
            yield b"x" * 1000

    assert api.client.put(photos.path_of(upload["url"]), content=too_much()).status_code == 413
    answer = api.client.put(photos.path_of(upload["url"]), content=pictures.saved(pictures.picture(64, 64), "JPEG"))
    assert answer.status_code == 201


def test_browsers_on_the_storefronts_origin_may_upload(api: Api) -> None:
    path = photos.path_of(photos.opened(api.as_customer("camille"))["url"])
    asked = {"Origin": "https://main.example", "Access-Control-Request-Method": "PUT"}

    allowed = api.client.options(path, headers=asked)
    assert (allowed.status_code, allowed.headers["access-control-allow-methods"]) == (204, "PUT")

    stranger = api.client.options(path, headers=asked | {"Origin": "https://elsewhere.example"})
    assert (stranger.status_code, "access-control-allow-origin" in stranger.headers) == (403, False)

    sent_there = api.client.put(path, content=pictures.jpeg(), headers={"Origin": "https://main.example"})
    assert sent_there.headers["access-control-allow-origin"] == "https://main.example"
