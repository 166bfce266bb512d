"""What a page's bytes say, in which encoding, and where in them a thing stands."""

import pytest

from core.fetching import Fetched
from seo.page import from_fetched, saved


def fetched(body: bytes, content_type: str = "text/html") -> Fetched:
    return Fetched("https://shop.example/a/b", 200, (("Content-Type", content_type),), body)


@pytest.mark.parametrize(
    "body,content_type,encoding",
    [
        (b"\xef\xbb\xbfcaf\xc3\xa9", "text/html; charset=iso-8859-1", "utf-8"),
        ("café".encode("cp1252"), "text/html; charset=ISO-8859-1", "cp1252"),
        (b'<meta charset="windows-1251">\xea\xee\xf4\xe5', "text/html", "cp1251"),
        ('<meta http-equiv=content-type content="text/html; charset=gbk">好'.encode("gbk"), "text/html", "gbk"),
        ("café".encode(), "text/html", "utf-8"),
        ("café".encode("cp1252"), "text/html", "cp1252"),
        ("café".encode(), "text/html; charset=no-such-thing", "utf-8"),
        ("\ufeffcafé".encode("utf-16-le"), "text/html", "utf-16-le"),
    ],
)
def test_the_encoding_is_that_of_bom_then_header_then_meta_then_the_bytes(
    body: bytes, content_type: str, encoding: str
) -> None:
    page = from_fetched(fetched(body, content_type))

    assert page.encoding == encoding
    assert "\ufffd" not in page.text
    assert not page.text.startswith("\ufeff")


def test_references_stand_on_the_base_element() -> None:
    page = saved(b"<base href='/shop/'><a href='x'>", url="https://shop.example/a/b")

    assert page.resolve("teapot") == "https://shop.example/shop/teapot"
    assert page.resolve("http://[broken") == "http://[broken"


def test_offsets_count_bytes_as_they_were_sent() -> None:
    raw = "\ufeff<p>café</p>\r\n<p title='a &amp; b'>é</p>".encode()
    page = saved(raw)

    offset = page.places.tag_offset("p", "a & b")

    assert offset is not None
    assert raw[offset:].startswith(b"<p title=")
    assert page.places.offset("nowhere") is None


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_byte_order_mark_counts(encoding: str) -> None:
    raw = "<p>plain</p><p title=here>x</p>".encode(encoding)

    offset = saved(raw).places.tag_offset("p", "here")

    assert offset is not None
    assert raw[offset:].decode(encoding.removesuffix("-sig").replace("16", "16-le")).startswith("<p title")


def test_offsets_are_not_guessed_where_the_decoder_replaced_bytes() -> None:
    page = saved(b'<meta charset="utf-8"><p>\xff\xff</p><p>here</p>')

    assert page.places.offset("here") is None


def test_a_css_path_leads_back_to_its_element() -> None:
    page = saved(b"<div><p>one</p><p>two <b>three</b></p></div><section id=reviews><p>four</p></section>")

    for selector in ("b", "section p", "div p"):
        node = page.tree.css_first(selector)
        assert node is not None
        again = page.tree.css(page.places.css_path(node))
        assert [found.mem_id for found in again] == [node.mem_id]


def test_ten_thousand_levels_are_read() -> None:
    page = saved(b"<div>" * 10_000 + b"deep")

    assert page.tree.css_first("div") is not None


def test_a_noscript_picture_does_not_end_the_head() -> None:
    page = saved(b"<head><noscript><img src=pixel></noscript><link rel=canonical href=/a></head>")

    link = page.tree.css_first("link")

    assert link is not None
    assert page.places.css_path(link) == "html > head > link:nth-of-type(1)"
