"""The review feed as others read it: in the format's order, whatever a shopper has typed."""

from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from seo import feeds
from seo.markup.escaping import clean, one_line
from seo.syndication import google_reviews
from seo.syndication.google_reviews import FeedReview, Publisher, ReviewedProduct

# seo.md 1.11: the order of 2.4
ORDER = [
    "review_id",
    "reviewer",
    "is_verified_purchase",
    "is_incentivized_review",
    "review_timestamp",
    "title",
    "content",
    "review_language",
    "review_url",
    "reviewer_images",
    "ratings",
    "products",
]
NEWER_THAN_2_2 = ("is_verified_purchase", "is_incentivized_review", "review_language")
TEAPOT = ReviewedProduct("Galet Teapot", "https://shop.example/p/galet", "3760001000017", "GAL-1", "gal", "Rive")


def review(
    *,
    id: str = "UmV2aWV3OjE=",
    author: str = "Léa M.",
    title: str = "Beautiful",
    body: str = "Pours well.",
    photos: tuple[str, ...] = ("https://media.example/a.webp",),
    product: ReviewedProduct = TEAPOT,
) -> FeedReview:
    return FeedReview(
        id=id,
        author=author,
        is_verified=True,
        is_incentivised=False,
        published_at=datetime(2026, 3, 2, 12, 0, tzinfo=UTC),
        title=title,
        body=body,
        language="fr",
        url=product.url,
        photos=photos,
        rating=4,
        product=product,
    )


def feed(*reviews: FeedReview) -> ET.Element:
    text = "".join(google_reviews.written(Publisher("Rive", "https://shop.example/favicon.ico"), reviews))
    return ET.fromstring(text.encode())  # noqa: S314 - our own output


def test_a_review_is_told_in_the_formats_order() -> None:
    root = feed(review())

    assert [part.tag for part in root] == ["version", "publisher", "reviews"]
    assert root.findtext("version") == "2.4"
    (told,) = root.findall("reviews/review")
    assert [part.tag for part in told] == ORDER
    assert told.findtext("reviewer/name") == "Léa M."
    assert told.findtext("review_timestamp") == "2026-03-02T12:00:00+00:00"
    assert (told.findtext("is_verified_purchase"), told.findtext("is_incentivized_review")) == ("true", "false")
    overall = told.find("ratings/overall")
    assert overall is not None
    assert (overall.text, overall.attrib) == ("4", {"min": "1", "max": "5"})
    product = told.find("products/product")
    assert product is not None
    assert [part.tag for part in product] == ["product_ids", "product_name", "product_url"]
    assert [part.tag for part in product[0]] == ["gtins", "mpns", "skus", "brands"]


def test_our_own_check_finds_no_fault_in_it() -> None:
    pieces = google_reviews.written(Publisher("Rive"), [review(), review(id="2", author="", title="", photos=())])

    read = feeds.read((piece.encode() for piece in pieces), url="feed.xml", pages=[TEAPOT.url])

    assert read.faults == []
    assert (read.review_count, read.unmatched, len(read.reviews)) == (2, 0, 2)


def test_what_is_not_known_is_left_out_rather_than_written_empty() -> None:
    bare = ReviewedProduct("Teapot", "https://shop.example/p/galet", gtin="12")

    (told,) = feed(review(author=" ", title="", photos=(), product=bare)).findall("reviews/review")

    assert [part.tag for part in told] == [tag for tag in ORDER if tag not in {"title", "reviewer_images"}]
    name = told.find("reviewer/name")
    assert name is not None
    assert (name.text, name.attrib) == ("Anonymous", {"is_anonymous": "true"})
    product = told.find("products/product")
    assert product is not None
    assert [part.tag for part in product] == ["product_name", "product_url"]


@given(author=st.text(max_size=30), title=st.text(max_size=30), body=st.text(min_size=1, max_size=60))
def test_nothing_that_can_be_typed_breaks_the_file(author: str, title: str, body: str) -> None:
    (told,) = feed(review(author=author, title=title, body=body)).findall("reviews/review")

    assert (told.findtext("content") or "") == clean(body)
    assert (told.findtext("title") or "") == one_line(title)
    assert told.findtext("reviewer/name") == (one_line(author) or "Anonymous")


def test_the_feed_is_valid_by_the_last_published_schema_but_for_what_came_since(corpus: Path) -> None:
    from lxml import etree

    schema = etree.XMLSchema(etree.parse(corpus / "google_feed" / "product_reviews.xsd"))
    text = "".join(
        google_reviews.written(Publisher("Rive"), [review(), review(id="2", author="", title="", photos=())])
    )
    root = etree.fromstring(text.encode())
    root.find("version").text = "2.2"
    for tag in NEWER_THAN_2_2:
        for each in root.iter(tag):
            each.getparent().remove(each)

    schema.assertValid(etree.fromstring(etree.tostring(root)))
