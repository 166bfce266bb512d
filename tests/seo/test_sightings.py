"""The class of each review: the best way in which a reader without clicks meets it, and never more than is certain."""

from dataclasses import replace

import pytest

from seo.documents import Document
from seo.leaks import leaks
from seo.sightings import Places, ReviewClass, sight
from seo.truth import GoneText, PublishedReview, Truth
from tests.seo import samples
from tests.seo.samples import ANNE, BRUNO, REJECTED, WANG

TOP = PublishedReview(id="t1", author="Chloé M.", text="Top !", published_at=ANNE.published_at, locale="fr-FR")


def classes(
    truth: Truth, html: str, *, frames: tuple[Document, ...] = (), later: tuple[Document, ...] = ()
) -> list[str]:
    return [s.kind.value for s in sight(truth, Places(samples.document(html), frames, later))]


def test_the_best_of_several_places_counts() -> None:
    everywhere = f"<p>{ANNE.text}</p><template>{ANNE.text}</template>"
    framed = samples.document(f"<p>{ANNE.text}</p>", "https://widget.example/")
    later = samples.document(f"<p>{ANNE.text}</p>", f"{samples.URL}?page=2")
    truth = samples.truth(ANNE)

    assert classes(truth, everywhere, frames=(framed,), later=(later,)) == ["raw"]
    assert classes(truth, "<p>", frames=(framed,), later=(later,)) == ["iframe"]
    assert classes(truth, f"<template>{ANNE.text}</template>", later=(later,)) == ["page-n"]
    assert classes(truth, f"<p>{ANNE.text[:40]}…</p><template>{ANNE.text}</template>") == ["truncated"]
    assert classes(truth, f"<template>{ANNE.text}</template>") == ["inert"]
    assert classes(truth, "<p>nothing of it</p>") == ["absent"]


@pytest.mark.parametrize(
    "html,kind",
    [
        ("<article><b>Chloé M.</b><p>Top !</p></article>", "raw"),
        ("<div><p>Top !</p><p>par Chloé M.</p></div>", "raw"),
        ("<li>Top ! <small>3 mars 2026</small></li>", "raw"),
        ("<li>Top ! <time datetime='2026-03-03'>hier</time></li>", "raw"),
        ("<p>Top !</p>", "ambiguous"),
        (
            "<article><b>Somebody else</b><p>Top !</p></article><article><b>Chloé M.</b><p>Bof.</p></article>",
            "ambiguous",
        ),
        (
            "<section><div><b>Bob</b><p>Top !</p></div><div><b>Chloé M.</b><p>Bof.</p></div></section>",
            "ambiguous",
        ),
        (
            '<main><p class="r">Bob: Top !</p><p class="r">Chloé M.: Bof.</p></main>',
            "ambiguous",
        ),
        ("<div><b>Chloé M.</b><article><p>5/5</p><p>Top !</p></article></div>", "raw"),
        ("<p>Bof.</p>", "absent"),
        ("<script>{'text': 'Top !', 'author': 'x'}</script>", "ambiguous"),
    ],
)
def test_a_short_text_needs_its_author_or_date_beside_it(html: str, kind: str) -> None:
    assert classes(samples.truth(TOP), html) == [kind]


def test_an_author_of_two_letters_names_nobody() -> None:
    truth = samples.truth(replace(TOP, author="Le", published_at=None))

    assert classes(truth, "<div>Top ! <p>le produit</p></div>") == ["ambiguous"]


def test_the_same_words_of_two_people_need_both_names() -> None:
    twin = replace(ANNE, id="a2", author="Zoé P.", published_at=None)
    box = "<article><b>{}</b><p>{}</p></article>"

    only_anne = box.format("Anne D.", ANNE.text)
    both = only_anne + box.format("Zoé P.", ANNE.text)

    nameless = f"<p>{ANNE.text}</p>"
    assert classes(samples.truth(ANNE, twin), only_anne) == ["raw", "absent"]
    assert classes(samples.truth(ANNE, twin), nameless) == ["ambiguous", "ambiguous"]
    assert classes(samples.truth(ANNE, twin), both) == ["raw", "raw"]


def test_stars_without_words_are_not_looked_for() -> None:
    assert classes(samples.truth(replace(ANNE, text=" 👍 ")), "<p>x</p>") == []


def test_a_gone_text_is_found_drawn_and_in_the_source() -> None:
    truth = samples.truth(ANNE, gone=(REJECTED,))

    drawn = leaks(truth, [samples.document(f"<p>{REJECTED.text}</p>")])
    inert = leaks(truth, [samples.document(f"<script>var r='{REJECTED.text}'</script>")])

    assert [(leak.gone.id, leak.is_certain) for leak in (*drawn, *inert)] == [("g1", True), ("g1", True)]
    assert leaks(truth, [samples.document(f"<p>{ANNE.text}</p>")]) == ()


def test_a_gone_text_that_is_also_published_is_no_leak() -> None:
    again = GoneText("g2", ANNE.text, "withdrawn", "Anne D.")

    assert leaks(samples.truth(ANNE, gone=(again,)), [samples.document(f"<p>{ANNE.text}</p>")]) == ()


def test_a_short_gone_text_is_certain_only_beside_its_author() -> None:
    short = GoneText("g3", "Arnaque !", "rejected", "Luc T.")
    truth = samples.truth(BRUNO, gone=(short,))

    (doubtful,) = leaks(truth, [samples.document("<p>Arnaque !</p>")])
    (certain,) = leaks(truth, [samples.document("<li><b>Luc T.</b> Arnaque !</li>")])

    assert (doubtful.is_certain, certain.is_certain) == (False, True)


def test_every_class_has_its_word() -> None:
    from core.texts import say

    assert all(say("seo", f"class.{kind.value}", locale) for kind in ReviewClass for locale in ("en", "fr"))


LONG = "It pours without a drop beside the cup, keeps the tea warm for an hour and looks well on the table. "


def nearly(ending: str, review_id: str, author: str) -> PublishedReview:
    return replace(ANNE, id=review_id, author=author, text=LONG * 2 + ending, published_at=None)


def test_a_review_is_not_taken_for_its_near_twin() -> None:
    here, missing = nearly("My sister has one.", "n1", "Ann A."), nearly("My brother has two.", "n2", "Bea B.")
    truth = samples.truth(here, missing)

    assert classes(truth, f"<p>{here.text}</p>") == ["raw", "absent"]
    assert classes(truth, f"<p>{here.text}</p><p>{missing.text}</p>") == ["raw", "raw"]
    assert classes(truth, f"<script>let r = '{missing.text}'</script>") == ["absent", "inert"]


def test_a_beginning_that_two_reviews_share_is_nobodys_without_a_name() -> None:
    one, other = nearly("My sister has one.", "n1", "Ann Archer"), nearly("My brother has two.", "n2", "Bea Baker")

    assert classes(samples.truth(one, other), f"<p>{LONG}…</p>") == ["ambiguous", "ambiguous"]
    named = f"<article><b>Ann Archer</b><p>{LONG}…</p></article>"
    assert classes(samples.truth(one, other), named) == ["truncated", "absent"]


def test_sentences_scattered_over_other_reviews_make_no_review() -> None:
    first, second = "The glaze is beautiful and quite even all over. ", "The lid closes well and never rattles at all. "
    both = replace(ANNE, id="s1", text=first + second)
    others = [replace(ANNE, id=f"o{n}", text=f"{part}{BRUNO.text} {n}") for n, part in enumerate((second, first))]
    truth = samples.truth(both, *others)

    page = f"<p>{others[0].text}</p><p>{WANG.text}</p><p>{others[1].text}</p>"
    assert classes(truth, page) == ["absent", "raw", "raw"]


def test_a_rejected_first_version_is_no_leak_of_the_published_one() -> None:
    published = nearly("My sister has one.", "n1", "Ann A.")
    rejected = GoneText("n1", LONG * 2 + "My sister sells them at her shop.", "rejected", "Ann A.")
    truth = samples.truth(published, gone=(rejected,))

    assert leaks(truth, [samples.document(f"<p>{published.text}</p>")]) == ()
    assert [leak.is_certain for leak in leaks(truth, [samples.document(f"<p>{rejected.text}</p>")])] == [True]


def test_a_short_text_inside_another_review_is_that_reviews() -> None:
    short, long = replace(TOP, text="很好"), replace(WANG, id="w2")
    boxed = "<article><b>{}</b><p>{}</p></article>"

    only_long = boxed.format("王小明", long.text)
    assert "效果也很好" in long.text
    assert classes(samples.truth(short, long), only_long) == ["absent", "raw"]
    assert classes(samples.truth(short, long), only_long + boxed.format("Chloé M.", "很好")) == ["raw", "raw"]
