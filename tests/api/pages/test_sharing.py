"""Share pages and oEmbed over HTTP: of published reviews, and gone with them."""

from sqlmodel import Session

from core.ids import to_public
from tests.api.conftest import Api
from tests.make import shop as make
from tests.make import ugc as make_ugc
from tests.make.shop import accepted
from ugc import moderation

SITE = "http://127.0.0.1:8000"


def seed(api: Api) -> tuple[int, str]:
    def step(session: Session) -> int:
        return make_ugc.published_review(session, product_id=make.product(session, "galet"))

    review_id = api.database.writing(step)
    return review_id, f"/share/main/{to_public('Review', review_id)}"


def test_a_published_review_has_a_page_that_can_do_nothing_but_be_read(api: Api) -> None:
    _, path = seed(api)

    answer = api.client.get(path)

    assert answer.status_code == 200
    assert f'<meta property="og:url" content="{SITE}{path}">' in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert answer.headers["x-robots-tag"] == "noindex"


def test_its_embed_is_found_by_its_address(api: Api) -> None:
    _, path = seed(api)

    answer = api.client.get("/oembed", params={"url": f"{SITE}{path}"})

    assert answer.json()["provider_name"] == "Shop main"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert api.client.get("/oembed", params={"url": f"{SITE}{path}", "format": "xml"}).status_code == 501


def test_both_go_with_the_review(api: Api) -> None:
    review_id, path = seed(api)

    api.database.writing(lambda session: accepted(moderation.undo(session, make_ugc.undo(session, review_id))))

    assert api.client.get(path).status_code == 404
    assert api.client.get("/oembed", params={"url": f"{SITE}{path}"}).status_code == 404


def test_other_addresses_are_nobodys(api: Api) -> None:
    _, path = seed(api)
    product = path.rpartition("/")[0] + "/" + to_public("Product", 1)
    for wrong in ("/share/none/" + path.rpartition("/")[2], product, "/share/main/x"):
        assert api.client.get(wrong).status_code == 404, wrong
    for url in ("", "https://elsewhere.example" + path, SITE, f"{SITE}{path}/more"):
        assert api.client.get("/oembed", params={"url": url}).status_code == 404, url
