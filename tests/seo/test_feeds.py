"""Review feeds: their order and types, and what they say of one page."""

import pytest

from seo import feeds
from seo.feeds import Feed
from tests.seo import samples

REVIEW = f"""<review><review_id>a1</review_id><reviewer><name is_anonymous="true">Anonymous</name></reviewer>
<is_verified_purchase>true</is_verified_purchase><is_incentivized_review>false</is_incentivized_review>
<review_timestamp>2026-03-03T10:00:00Z</review_timestamp><content>It pours well.</content>
<review_url type="group">{samples.URL}</review_url><ratings><overall min="1" max="5">5</overall></ratings>
<products><product><product_ids><gtins><gtin>4006381333931</gtin></gtins></product_ids>
<product_url>{samples.URL}</product_url></product></products></review>"""


def feed(reviews: str = REVIEW, *, publisher: str = "<publisher><name>Shop</name></publisher>") -> str:
    return f'<?xml version="1.0"?><feed><version>2.4</version>{publisher}<reviews>{reviews}</reviews></feed>'


def read(text: str) -> Feed:
    raw = text.encode()
    pieces = (raw[start : start + 7] for start in range(0, len(raw), 7))
    return feeds.read(pieces, url="feed.xml", pages=[samples.URL])


def test_a_feed_in_order_tells_of_the_page() -> None:
    found = read(feed(REVIEW + REVIEW.replace("a1", "z9").replace(samples.URL, "https://elsewhere.example/pot")))

    (review,) = found.reviews
    assert found.faults == []
    assert (review.id, review.rating, review.url_type, review.is_anonymous) == ("a1", "5", "group", True)
    assert (review.is_verified, review.is_incentivised, review.is_matched) == (True, False, True)
    assert (found.review_count, found.foreign, found.unmatched) == (2, 1, 0)
    assert str(found.newest) == "2026-03-03 10:00:00+00:00"


@pytest.mark.parametrize(
    "text,fault",
    [
        (feed(publisher=""), "<feed> without <publisher>"),
        (feed().replace("2.4", "2.3"), "<version> '2.3'"),
        (feed().replace("<content>It pours well.</content>", ""), "<review> without <content>"),
        (feed().replace("2026-03-03T10:00:00Z", "2026-03-03"), "<review_timestamp> '2026-03-03'"),
        (feed().replace("true</is_v", "yes</is_v"), "<is_verified_purchase> 'yes'"),
        (feed().replace(' min="1"', ""), "<overall> without min"),
        (feed().replace("</reviews>", "</reviews><deleted_reviews/>"), "<deleted_reviews> does not belong in <feed>"),
        (
            feed().replace("</products>", "</products><title>Late</title>"),
            "<title> after <products> in <review>",
        ),
        (feed(REVIEW * 2), "<review_id> 'a1' twice"),
        (feed()[:-9], "line 6: unclosed token"),
        ("<rss/>", "<rss> where <feed> should be"),
    ],
)
def test_what_is_out_of_order_is_told_with_its_place(text: str, fault: str) -> None:
    first, offset = read(text).faults[0]

    assert first == fault
    assert 0 <= offset <= len(text)
