"""Schema.org items read from pages as authors really write them."""

import json

import pytest

from seo import json_ld, structured_data
from seo.ratings import Form, aggregates, form_of, reviews
from seo.structured_data import Syntax
from tests.seo import samples

GOOD = '{"@context":"https://schema.org","@type":"Product","name":"Pot"}'


def script(source: str, kind: str = "application/ld+json") -> str:
    return f'<script type="{kind}">{source}</script>'


def test_a_broken_script_hides_no_other() -> None:
    page = samples.page(script("{broken") + script(GOOD) + script("") + script(GOOD.replace("Pot", "Cup")))

    data = structured_data.read(page)

    assert [item.text("name") for item in data.items] == ["Pot", "Cup"]
    assert [bool(entry.error) for entry in data.scripts] == [True, False, True, False]


@pytest.mark.parametrize(
    "source",
    [
        GOOD + ";",
        GOOD.replace("}", ",}"),
        f"/*<![CDATA[*/ {GOOD} /*]]>*/",
        f"//<![CDATA[\n{GOOD}\n//]]>",
        f"<!--\n{GOOD}\n-->",
        GOOD.replace('"name"', '/* the name */ "name"'),
        GOOD.replace("Pot", "P\not"),
    ],
)
def test_common_slips_are_told_and_read_all_the_same(source: str) -> None:
    (read,) = json_ld.scripts(samples.page(script(source)))

    assert read.error
    assert len(read.nodes) == 1


def test_forgiving_leaves_strings_alone() -> None:
    source = '{"url": "https://shop.example/,]", "note": "a /* b */ // c",}'

    assert json.loads(json_ld.forgiven(source)) == {"url": "https://shop.example/,]", "note": "a /* b */ // c"}


@pytest.mark.parametrize("kind", ["application/ld+json; charset=utf-8", "application/LD+JSON"])
def test_other_spellings_of_the_type_are_read(kind: str) -> None:
    (read,) = json_ld.scripts(samples.page(script(GOOD, kind)))

    assert len(read.nodes) == 1


@pytest.mark.parametrize("tag", ["template", "noscript"])
def test_markup_that_is_never_live_is_no_markup(tag: str) -> None:
    microdata = '<p itemscope itemtype="https://schema.org/Product"><b itemprop="name">Pot</b></p>'
    page = samples.page(f"<{tag}>{script(GOOD)}{microdata}</{tag}><p itemscope>x</p>")

    assert [item.types for item in structured_data.read(page).items] == [()]


def test_graphs_and_references_are_followed() -> None:
    graph = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "Product", "@id": "#p", "name": "Pot"},
            {"@type": "AggregateRating", "itemReviewed": {"@id": "#p"}, "ratingValue": 4, "reviewCount": 2},
        ],
    }

    (found,) = aggregates(structured_data.read(samples.page(script(json.dumps(graph)))))

    assert found.name == "Pot"


def test_both_syntaxes_give_one_shape() -> None:
    microdata = """<div itemscope itemtype="http://schema.org/Product"><span itemprop="name">Pot</span>
      <div itemprop="review" itemscope itemtype="http://schema.org/Review">
        <span itemprop="author">Anne</span></div></div>"""
    in_json = (
        '{"@context":"https://schema.org","@type":"Product","name":"Pot","review":{"@type":"Review","author":"Anne"}}'
    )
    data = structured_data.read(samples.page(f"<head>{script(in_json)}</head>{microdata}"))

    assert [item.syntax for item in data.items] == [Syntax.JSON_LD, Syntax.MICRODATA]
    assert [(r.text("author"), rated.text("name") if rated else "") for r, rated in reviews(data)] == [
        ("Anne", "Pot")
    ] * 2


@pytest.mark.parametrize(
    "source",
    ["[" * 100_000, '{"a":' * 5000 + "1" + "}" * 5000, "NaN", "null", '"text"', "[1, [2], null]", '{"@graph": 3}'],
)
def test_senseless_json_is_no_crash(source: str) -> None:
    data = structured_data.read(samples.page(script(source)))

    assert aggregates(data) == ()


def test_microdata_nested_beyond_reading_is_not_taken_for_none() -> None:
    page = samples.page('<div itemscope itemprop="a">' * 3000)

    assert not structured_data.read(page).is_microdata_read


@pytest.mark.parametrize(
    "text,form",
    [
        ("4.6", Form.NUMBER),
        ("4", Form.NUMBER),
        ("-1", Form.NUMBER),
        ("6 / 10", Form.FRACTION),
        ("60%", Form.PERCENT),
        ("4,4", Form.COMMA),
        ("4.6 stars", Form.WORDS),
        ("4.6.1", Form.WORDS),
        ("", Form.NOTHING),
        ("none", Form.NOTHING),
    ],
)
def test_rating_values_are_read_as_written(text: str, form: Form) -> None:
    assert form_of(text) is form
