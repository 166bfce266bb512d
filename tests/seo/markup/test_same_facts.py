"""JSON-LD and microdata, read back by two independent readers, say what the facts say, whatever a shopper
typed.
"""

import json
from dataclasses import replace
from typing import Any

import extruct
from bs4 import BeautifulSoup, Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from seo.markup import build, jsonld
from seo.markup.escaping import clean, one_line
from seo.markup.facts import ImageFacts, ProductFacts
from tests.seo.markup import make

Item = dict[str, Any]

TAGS = ["</script>", "<!--", "-->", "<script>", "]]>", "<img src=x onerror=alert(1)>", "{{7*7}}"]
QUOTES = ['"', "'", "&amp;", "&lt;b&gt;", "\\"]
CONTROLS = ["\x00", "\x0b", "\x85", "\u2028", "\r\n", "\u202e", "\ufeff", "\ud800", "\u00a0"]
SCRIPTS = ["שלום", "👩‍🔬", "好用"]
HOSTILE = st.sampled_from(TAGS + QUOTES + CONTROLS + SCRIPTS)
words = st.lists(HOSTILE | st.text(max_size=8), max_size=8).map("".join)
spoken = words.map(lambda text: text + "Ok")


@st.composite
def hostile_products(draw: st.DrawFn) -> ProductFacts:
    reviews = tuple(
        make.review(
            author_name=draw(spoken),
            title=draw(words),
            body=draw(spoken),
            rating=stars,
            photos=(ImageFacts(f"https://media.example/{stars}.webp", 1600, 1200, draw(words)),),
        )
        for stars in draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
    )
    aggregate = make.rating(count=draw(st.integers(1, 10**9)), mean_tenths=draw(st.integers(10, 50)))
    facts = make.product(name=draw(spoken), description=draw(words), locale=draw(st.sampled_from(["fr-FR", "en-US"])))
    return replace(facts, reviews=reviews, rating=aggregate)


@settings(max_examples=60, deadline=None)
@given(hostile_products())
def test_extruct_reads_both_forms_back_as_the_facts(facts: ProductFacts) -> None:
    page = page_of(facts)

    read = extruct.extract(page, base_url=make.URL, syntaxes=["json-ld", "microdata"], errors="strict")

    assert len(read["json-ld"]) == len(read["microdata"]) == 1
    assert said(unwrapped(read["json-ld"][0])) == expected(facts)
    assert said(unwrapped(read["microdata"][0])) == expected(facts)


@settings(max_examples=60, deadline=None)
@given(hostile_products())
def test_an_html5_parser_reads_both_forms_back_as_the_facts(facts: ProductFacts) -> None:
    soup = BeautifulSoup(page_of(facts), "html5lib")

    scripts = soup.find_all("script")
    items = [item for item in soup.find_all(itemscope=True) if not item.has_attr("itemprop")]

    assert len(scripts) == len(items) == 1, "nothing a shopper types may open or close an element"
    assert said(json.loads(scripts[0].string or "")) == expected(facts)
    assert said(microdata_item(items[0])) == expected(facts)


@given(words)
def test_nothing_ends_the_script_early(text: str) -> None:
    script = jsonld.script(make.product(name=text + "x", reviews=(make.review(body=text),)))

    inside = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")

    assert "<" not in inside
    assert ">" not in inside


def page_of(facts: ProductFacts) -> str:
    markup = build(facts)
    return f"<!doctype html><head><meta charset=utf-8>{markup.head}</head><body>{markup.microdata}</body>"


def expected(facts: ProductFacts) -> object:
    assert facts.rating is not None
    return (
        flat(facts.name),
        (facts.rating.mean, str(facts.rating.count), str(facts.rating.review_count), "5", "1"),
        [
            (
                flat(r.author_name),
                flat(r.title),
                flat(r.body),
                str(r.rating),
                "2026-03-03T09:30:00+00:00",
                r.photos[0].url,
            )
            for r in facts.reviews
        ],
    )


def said(product: Item) -> object:
    aggregate, reviews = product["aggregateRating"], product["review"]
    return (
        flat(product["name"]),
        tuple(str(aggregate[k]) for k in ("ratingValue", "ratingCount", "reviewCount", "bestRating", "worstRating")),
        [
            (
                flat(review["author"]["name"]),
                flat(review.get("name", "")),
                flat(review["reviewBody"]),
                str(review["reviewRating"]["ratingValue"]),
                review["datePublished"],
                only(review["image"]),
            )
            for review in (reviews if isinstance(reviews, list) else [reviews])
        ],
    )


def only(value: object) -> object:
    """A list of one and its one are the same to readers of markup."""
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def flat(text: str) -> str:
    return one_line(clean(text))


def unwrapped(node: object) -> Item:
    assert isinstance(node, dict)
    inner = node.get("properties", node)
    return {key: walk(value) for key, value in inner.items()}


def walk(value: object) -> object:
    if isinstance(value, list):
        return [walk(entry) for entry in value]
    return unwrapped(value) if isinstance(value, dict) else value


def microdata_item(element: Tag) -> Item:
    """The item as the HTML standard's algorithm reads it, without itemref, which we never emit."""
    found: Item = {}
    for child in element.find_all(itemprop=True):
        if child.find_parent(itemscope=True) is element:
            found.setdefault(str(child["itemprop"]), []).append(microdata_value(child))
    return {name: values[0] if name != "review" else values for name, values in found.items()}


def microdata_value(element: Tag) -> object:
    if element.has_attr("itemscope"):
        return microdata_item(element)
    source = {"meta": "content", "link": "href", "data": "value", "time": "datetime", "img": "src"}.get(element.name)
    return str(element[source]) if source else element.get_text()
