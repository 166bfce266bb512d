"""Words as they are kept, the hard limits, and what an author is called."""

from dataclasses import replace
from datetime import date

import pytest

from core.refusal import Refusal
from tests.conftest import FrozenClock
from ugc import display_names
from ugc.drafts import MAX_BODY, MAX_TITLE, ReviewDraft, Words
from ugc.refusals import ReviewRefusal
from ugc.wording import clean

WORDS = Words(rating=4, title="Bien", body="Un très bon thé du matin.", locale="fr-FR")
DRAFT = ReviewDraft(product_id=1, author_id=2, storefront_id=3, words=WORDS)


@pytest.mark.parametrize(
    "written, kept",
    [
        ("  Bon \t thé  ", "Bon thé"),
        ("un\r\ndeux\rtrois", "un\ndeux\ntrois"),
        ("un\n\n\n\n\ndeux", "un\n\ndeux"),
        ("the\u0301", "thé"),
        ("caché\u200b\u202e\u0000", "caché"),
        ("\U0001f469\u200d\U0001f373", "\U0001f469\u200d\U0001f373"),
    ],
)
def test_what_no_reader_sees_is_not_kept(written: str, kept: str) -> None:
    assert clean(written) == kept


def test_an_empty_title_is_none() -> None:
    assert replace(WORDS, title=" \n ").cleaned().title is None


@pytest.mark.parametrize(
    "words, code, field",
    [
        (replace(WORDS, rating=0), ReviewRefusal.RATING_OUT_OF_RANGE, "rating"),
        (replace(WORDS, rating=6), ReviewRefusal.RATING_OUT_OF_RANGE, "rating"),
        (replace(WORDS, title="x" * (MAX_TITLE + 1)), ReviewRefusal.TITLE_TOO_LONG, "title"),
        (replace(WORDS, body="x" * (MAX_BODY + 1)), ReviewRefusal.BODY_TOO_LONG, "body"),
        (replace(WORDS, body=""), ReviewRefusal.BODY_MISSING, "body"),
    ],
)
def test_hard_limits_refuse(words: Words, code: ReviewRefusal, field: str) -> None:
    refused = replace(DRAFT, words=words).refusal()

    assert isinstance(refused, Refusal)
    assert (refused.code, refused.field) == (code, (field,))


def test_an_experience_lies_in_the_past(frozen_clock: FrozenClock) -> None:
    tomorrow = replace(DRAFT, experienced_on=date(2026, 3, 3))
    later = replace(DRAFT, experienced_on=date(2026, 3, 4))

    assert tomorrow.refusal() is None  # it is tomorrow already in some time zone
    assert later.refusal() == Refusal(ReviewRefusal.EXPERIENCE_IN_FUTURE, ("experiencedOn",))


@pytest.mark.parametrize("name", ["camille@mail.example", "x" * 61])
def test_an_address_is_no_name(name: str) -> None:
    refused = replace(DRAFT, display_name=name).refusal()

    assert refused == Refusal(ReviewRefusal.DISPLAY_NAME_REFUSED, ("displayName",), {"most": 60})


@pytest.mark.parametrize(
    "first, last, name",
    [
        ("Camille", "Roux", "Camille R."),
        ("Camille", None, "Camille"),
        ("小明", "王", "小明 王."),
        ("Wolfram" * 9, "ßen", ("Wolfram" * 9)[:56] + " SS."),
        (None, "Roux", None),
        ("camille@mail.example", "Roux", None),
    ],
)
def test_a_default_name_is_first_name_and_initial(first: str | None, last: str | None, name: str | None) -> None:
    assert display_names.default(first, last) == name


@pytest.mark.parametrize("name", ["visit spam.com", "camille\uff20mail", "exemple point com"])
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    assert display_names.refusal(name) == Refusal(
        ReviewRefusal.DISPLAY_NAME_REFUSED, ("displayName",), {"most": display_names.MOST}
    )


@pytest.mark.parametrize("name", ["Camille R.", "J.R.R. Tolkien", "Mme. Dupont", "O.K.", "王小明", "Jean-Luc"])
def test_a_name_is_a_name_with_its_dots(name: str) -> None:
    assert display_names.refusal(name) is None
