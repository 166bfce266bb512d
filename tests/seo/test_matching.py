"""Finding a review's text on a page: what themes do to it does not hide it, and another's words do not stand for it."""

import pytest

from seo import matching
from seo.drawn_text import inert_texts
from seo.matching import PARTIAL, PRESENT, TextIndex, tokens
from tests.seo import samples
from tests.seo.samples import ANNE, WANG


def share(text: str, html: str) -> float:
    return index(html).find(tokens(text)).share


def index(html: str) -> TextIndex:
    root = samples.page(html).tree.root
    assert root is not None
    return matching.index_of_node(root)


@pytest.mark.parametrize(
    "shown",
    [
        ANNE.text,
        ANNE.text.upper(),
        "It&nbsp;pours without  a\ndrop beside the <b>cup</b> and keeps warm for an hour.",
        "It pours with<wbr>out a drop beside the c<i>up</i> and keeps warm for an hour 👍",
        "It pours without a drop beside the cup<br>and keeps warm for an hour",
        "“It pours without a drop beside the cup and keeps warm for an hour…”",
        "It pours with\u200bout a drop beside the cup and keeps warm for an hour.",
    ],
)
def test_what_a_theme_does_to_a_text_does_not_hide_it(shown: str) -> None:
    assert share(ANNE.text, f"<p>{shown}</p>") == 1.0


def test_doubly_escaped_text_is_found() -> None:
    text = "C'est une très belle théière & un cadeau parfait pour ma mère"

    assert share(text, f"<p>{text.replace('é', '&amp;eacute;').replace('&a', '&amp;a')}</p>") >= PRESENT


def test_words_of_neighbouring_blocks_do_not_run_together() -> None:
    assert index("<p>one</p><p>two</p><p>three<br>four</p>").words == ("one", "two", "three", "four")
    assert index("<p>cata<b>log</b>ue</p>").words == ("catalogue",)


def test_chinese_is_compared_by_character() -> None:
    assert tokens("好用!") == ("好", "用")
    assert share(WANG.text, f"<p>{WANG.text}</p>") == 1.0
    assert share(WANG.text, "<p>茶壶做工精细，倒水顺畅不滴漏，保温效果也很好……查看更多</p>") >= PARTIAL
    assert share(WANG.text, "<p>这个杯子很好看，送朋友很合适。</p>") == 0.0


def test_a_cut_text_is_a_part_and_another_text_is_nothing() -> None:
    cut = share(ANNE.text, "<p>It pours without a drop beside the cup…</p>")

    assert PARTIAL <= cut < PRESENT
    assert share(ANNE.text, "<p>It pours badly and drips beside every cup that I have at home.</p>") < PARTIAL


@pytest.mark.parametrize("tag", ["script", "style", "template", "noscript", "iframe", "title"])
def test_what_is_never_drawn_is_not_found(tag: str) -> None:
    assert share(ANNE.text, f"<{tag}>{ANNE.text}</{tag}>") == 0.0


@pytest.mark.parametrize(
    "html,container",
    [
        (f"<template><p>{ANNE.text}</p></template>", "template"),
        (f"<body><noscript><p>{ANNE.text}</p></noscript>", "noscript"),
        (f'<script>window.state = {{"html": "\\u003cp\\u003e{ANNE.text}\\u003c/p\\u003e"}}</script>', "script"),
        (f"<body><!-- <p>{ANNE.text}</p> -->", "comment"),
        (f'<div data-review="{ANNE.text}"></div>', "attribute data-review"),
    ],
)
def test_text_in_the_source_alone_is_found_with_its_container(html: str, container: str) -> None:
    found = [
        inert.container
        for inert in inert_texts(samples.page(html))
        if matching.index_of_text(inert.text).find(tokens(ANNE.text)).share >= PRESENT
    ]

    assert found == [container]


@pytest.mark.parametrize("text", ["Top !", "très bon produit", "很好用"])
def test_a_few_words_prove_nothing(text: str) -> None:
    assert matching.is_short(tokens(text))
    assert not matching.is_short(tokens(ANNE.text))
    assert not matching.is_short(tokens(WANG.text))
