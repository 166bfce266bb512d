"""What a visitor of the example storefront, and a crawler, is given."""

import re

import httpx2
import pytest
from selectolax.lexbor import LexborHTMLParser

from tests.examples.reading import json_ld, links, read, text, text_of
from tests.examples.selling import HOSTILE_BODY, TEAPOT_REVIEWS
from tests.examples.street import Street

TEAPOT = "/fr/products/theiere-galet"


@pytest.mark.parametrize(
    "accepted, place", [("fr-CA,fr;q=0.9", "/fr/"), ("en-GB", "/en/"), ("de-DE, en;q=0.8, fr;q=0.5", "/en/")]
)
def test_the_front_door_leads_readers_to_their_language(visit: httpx2.Client, accepted: str, place: str) -> None:
    answer = visit.get("/", headers={"Accept-Language": accepted})

    assert (answer.status_code, answer.headers["location"]) == (302, place)
    assert "Accept-Language" in answer.headers["vary"]


def test_whoever_names_no_language_of_ours_chooses(visit: httpx2.Client, street: Street) -> None:
    page = LexborHTMLParser(visit.get("/", headers={"Accept-Language": "ja"}).text)

    assert links(page, "main a") == ["/fr/", "/en/"]
    assert links(page, 'link[hreflang="x-default"]') == [f"{street.front}/"]


def test_home_shows_each_product_with_stars_and_price(visit: httpx2.Client) -> None:
    page = read(visit, "/fr/")

    cards = {text_of(card.css_first(".card__name")): card for card in page.css(".card")}
    assert set(cards) == {"Théière Galet", "Mug Lichen", "Mug Brique", "Torchon Damier"}
    teapot = cards["Théière Galet"]
    assert text_of(teapot.css_first(".card__price")) == "68,00 €"
    assert [star.attributes["aria-label"] for star in teapot.css(".stars")] == ["4 sur 5 étoiles"]
    assert text_of(cards["Torchon Damier"].css_first(".card__rating")) == "Pas encore d’avis"
    assert "Épuisé" in text_of(cards["Mug Brique"].css_first(".card__price"))


def test_each_market_has_its_own_words_and_prices(visit: httpx2.Client) -> None:
    page = read(visit, "/en/products/theiere-galet")

    assert text(page, "h1") == "Galet Teapot"
    assert text(page, ".product__price") == "$68.00 In stock"
    assert links(page, "html", "lang") == ["en-US"]


def test_the_product_page_holds_its_reviews_and_their_summary(visit: httpx2.Client) -> None:
    page = read(visit, TEAPOT)

    assert text(page, ".summary__mean strong") == "4,0"
    assert [text_of(row) for row in page.css(".histogram__count")] == ["0", str(TEAPOT_REVIEWS), "0", "0", "0"]
    bodies = [text_of(body) for body in page.css(".review__body")]
    assert len(bodies) == 10
    assert bodies[0] == HOSTILE_BODY
    assert "alert(1)" not in "".join(script.text() for script in page.css("script:not([type])"))


def test_photos_stand_with_their_review_and_above_all_reviews(visit: httpx2.Client) -> None:
    page = read(visit, TEAPOT)

    [shown] = links(page, ".review__photos img", "src")
    assert re.fullmatch(r"http://.*/media/[0-9a-f]{64}\.webp", shown)
    assert links(page, ".review__photos img", "alt") == ["Photo 1 de l’avis de Camille R."]
    assert links(page, ".gallery img", "src") == [shown]
    [further] = links(page, 'a[rel="next"]')
    assert read(visit, further).css(".gallery") == []


def test_the_head_carries_the_markup_as_the_api_gives_it(visit: httpx2.Client, street: Street) -> None:
    product = street.ask('{ product(handle: "theiere-galet") { markup(first: 10) { head } } }')["product"]

    html = visit.get(TEAPOT).text

    assert product["markup"]["head"] in html
    page = LexborHTMLParser(html)
    assert [review["reviewBody"] for review in json_ld(page)["review"]] == [
        body.text() for body in page.css(".review__body")
    ]


def test_the_page_names_itself_and_its_twin(visit: httpx2.Client, street: Street) -> None:
    page = read(visit, TEAPOT)

    assert links(page, 'link[rel="canonical"]') == [street.front + TEAPOT]
    assert links(page, 'meta[property="og:url"]', "content") == [street.front + TEAPOT]
    assert dict(zip(links(page, "link[hreflang]", "hreflang"), links(page, "link[hreflang]"), strict=True)) == {
        "fr-FR": f"{street.front}/fr/products/theiere-galet",
        "en-US": f"{street.front}/en/products/theiere-galet",
        "x-default": f"{street.front}/en/products/theiere-galet",
    }


def test_links_lead_through_all_reviews_and_each_page_is_its_own_canonical(
    visit: httpx2.Client, street: Street
) -> None:
    seen: list[str] = []
    path: str | None = TEAPOT
    while path is not None:
        page = read(visit, path)
        assert links(page, 'link[rel="canonical"]') == [street.front + path]
        seen += [body.text() for body in page.css(".review__body")]
        path = next(iter(links(page, 'a[rel="next"]')), None)

    assert len(seen) == len(set(seen)) == TEAPOT_REVIEWS


def test_a_later_page_of_reviews_is_no_translation_and_leads_back(visit: httpx2.Client) -> None:
    [further] = links(read(visit, TEAPOT), 'a[rel="next"]')

    page = read(visit, further)

    assert links(page, "link[hreflang]") == []
    assert text(page, "title") == "Théière Galet : avis, suite · Tillebrume"
    assert links(page, ".pages a") == [f"{TEAPOT}#reviews"]


def test_variants_share_their_reviews_and_say_what_each_is_about(visit: httpx2.Client) -> None:
    page = read(visit, "/fr/products/mug-brume-lichen")

    assert text(page, ".review__tags a") == "À propos de : Mug Brique"
    assert links(page, ".variants a") == ["/fr/products/mug-brume-lichen", "/fr/products/mug-brume-brique"]


def test_a_product_without_reviews_claims_no_stars(visit: httpx2.Client) -> None:
    page = read(visit, "/fr/products/torchon-damier")

    assert page.css(".stars") == []
    assert "aggregateRating" not in json_ld(page)


@pytest.mark.parametrize(
    "path",
    ["/fr/products/nothing", "/de/", "/de/products/theiere-galet", "/nowhere/at/all", f"{TEAPOT}?after=rubbish"],
)
def test_what_is_not_there_is_a_404(visit: httpx2.Client, path: str) -> None:
    page = read(visit, path, status=404)

    assert text(page, "h1") == "Cette page n’existe pas"
    assert links(page, 'meta[name="robots"]', "content") == ["noindex"]


def test_the_sitemap_names_every_page_with_its_twin(visit: httpx2.Client, street: Street) -> None:
    answer = visit.get("/sitemap.xml")

    assert answer.headers["content-type"].startswith("application/xml")
    places = re.findall(r"<loc>(.*?)</loc>", answer.text)
    assert len(places) == len(set(places)) == 2 * (1 + 4)
    assert f"{street.front}/en/products/torchon-damier" in places
    assert answer.text.count('hreflang="fr-FR"') == len(places)
    assert len(re.findall(r"<lastmod>\d{4}-\d\d-\d\dT[\d:.]+Z</lastmod>", answer.text)) == 2 * 4


def test_pictures_and_stylesheet_are_the_shops_own(visit: httpx2.Client, street: Street) -> None:
    page = read(visit, TEAPOT)
    [picture] = links(page, ".product__picture", "src")

    assert visit.get(picture).headers["content-type"] == "image/webp"
    assert visit.get("/static/shop.css").status_code == 200
    assert "default-src 'self'" in visit.get(TEAPOT).headers["content-security-policy"]
