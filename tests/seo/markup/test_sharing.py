"""One review to be shared: what networks read, what oEmbed embeds, and that nothing a shopper types gets out of it."""

from dataclasses import replace

from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from seo.markup import sharing
from seo.markup.escaping import clean, one_line
from seo.markup.facts import ImageFacts
from seo.markup.sharing import SharedReview
from tests.seo.markup import make

PHOTO = ImageFacts("https://media.example/1.webp", 1600, 1200, "Photo by Anne D.")


def shared(*, title: str = "Lovely", body: str = make.BODY, author_name: str = "Anne D.") -> SharedReview:
    return SharedReview(
        product=make.product(),
        review=make.review(title=title, body=body, author_name=author_name, photos=(PHOTO,)),
        url="https://reviews.example/share/us/UmV2aWV3OjE=",
        oembed_url="https://reviews.example/oembed?url=x",
        style_url="https://reviews.example/fragments/reviews.css",
    )


def read(review: SharedReview) -> BeautifulSoup:
    return BeautifulSoup(sharing.page(review), "html5lib")


def tag(soup: BeautifulSoup, name: str) -> str:
    found = soup.head.select_one(f'[property="{name}"], [name="{name}"]') if soup.head else None
    assert found is not None, name
    return str(found["content"])


def test_networks_read_title_text_picture_and_link() -> None:
    soup = read(shared())

    assert tag(soup, "og:title") == "Anne D. on Brume teapot: 5 stars"
    assert tag(soup, "og:description") == make.BODY
    assert tag(soup, "og:url") == "https://reviews.example/share/us/UmV2aWV3OjE="
    assert (tag(soup, "og:image"), tag(soup, "og:image:width")) == (PHOTO.url, "1600")
    assert tag(soup, "twitter:card") == "summary_large_image"
    assert tag(soup, "robots") == "noindex"
    assert [link["href"] for link in soup.select('link[type="application/json+oembed"]')] == [shared().oembed_url]


def test_the_share_module_is_plain_links_without_any_script() -> None:
    soup = read(shared())

    assert soup.find_all(["script", "iframe", "form"]) == []
    names = [link.get_text() for link in soup.select("nav a")]
    assert names == ["Facebook", "X", "Pinterest", "WhatsApp", "LinkedIn", "By e-mail"]
    assert all("https%3A%2F%2Freviews.example%2Fshare%2Fus%2F" in str(link["href"]) for link in soup.select("nav a"))


def test_without_a_photo_the_product_is_shown_and_without_both_nothing() -> None:
    bare = replace(shared(), review=make.review())
    assert sharing.oembed(bare)["thumbnail_url"] == "https://shop.example/teapot.jpg"

    none = replace(bare, product=replace(bare.product, images=()))
    assert "thumbnail_url" not in sharing.oembed(none)
    assert read(none).img is None


def test_an_embed_is_the_review_with_its_source() -> None:
    answer = sharing.oembed(shared())

    assert (answer["version"], answer["type"], answer["author_name"]) == ("1.0", "rich", "Anne D.")
    assert (answer["provider_name"], answer["provider_url"]) == ("Atelier Brume", "https://shop.example")
    quoted = BeautifulSoup(str(answer["html"]), "html5lib").blockquote
    assert quoted is not None
    assert make.BODY in quoted.get_text()


@given(title=st.text(max_size=40), body=st.text(max_size=80), author_name=st.text(max_size=40))
def test_nothing_that_can_be_typed_changes_the_page(title: str, body: str, author_name: str) -> None:
    soup = read(shared(title=title, body=body, author_name=author_name))

    assert soup.find_all(["script", "iframe", "form"]) == []
    assert (
        len(soup.select("meta"))
        == len(read(shared(title="x", body="y", author_name="z")).select("meta"))
        - (not one_line(body) and not one_line(title)) * 3
    )
    quoted = soup.blockquote
    assert quoted is not None
    assert one_line(clean(body)) in one_line(quoted.get_text())
