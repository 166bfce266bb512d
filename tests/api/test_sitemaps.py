"""Sitemaps over HTTP: an index and its parts, for every storefront, and nothing else."""

from shop.products import ListingDraft
from tests.api.conftest import Api
from tests.make import shop as make


def test_the_index_leads_to_parts_that_name_the_pages(api: Api) -> None:
    listing = ListingDraft(storefront_id=api.storefront.id)
    api.database.writing(lambda session: make.product(session, "galet", listings=(listing,)))

    index = api.client.get("/sitemaps/main.xml")
    address = index.text.partition("<loc>")[2].partition("</loc>")[0]
    part = api.client.get(address.removeprefix("http://127.0.0.1:8000"))

    for answer in (index, part):
        assert (answer.status_code, answer.headers["content-type"]) == (200, "application/xml")
        assert answer.headers["cache-control"] == "public, max-age=300"
        assert answer.headers["x-robots-tag"] == "noindex"
    assert "<loc>https://main.example/products/galet</loc>" in part.text


def test_what_is_not_there_is_not_found(api: Api) -> None:
    for place in ("nobody", "nobody/1", f"main/{1 << 63}", "main/x"):
        assert api.client.get(f"/sitemaps/{place}.xml").status_code == 404, place
    assert api.client.post("/sitemaps/main.xml").status_code == 405
