"""Social tags as they stand: order, spelling, place."""

from seo.social_tags import first, social_tags
from tests.seo import samples


def test_tags_keep_their_order_and_say_where_they_stand() -> None:
    page = samples.page(
        """<head><meta property="og:image" content="a.jpg"><meta property="og:image:width" content="1200">
        <meta name="OG:Title" content=" Teapot "><meta name="twitter:card" content="summary"></head>
        <body><p>x</p><meta property="og:url" content="/late"><meta name="author" content="Anne">"""
    )

    tags = social_tags(page)

    assert [(tag.name, tag.content, tag.evidence.css_path.startswith("html > head")) for tag in tags] == [
        ("og:image", "a.jpg", True),
        ("og:image:width", "1200", True),
        ("og:title", "Teapot", True),
        ("twitter:card", "summary", True),
        ("og:url", "/late", False),
    ]
    assert page.raw[tags[0].evidence.offset or -1 :].startswith(b"<meta property")


def test_the_first_tag_with_a_content_wins() -> None:
    page = samples.page("".join(f'<meta property="og:title" content="{content}">' for content in ("", "A", "B")))

    found = first(social_tags(page), "og:title")

    assert found is not None
    assert found.content == "A"
