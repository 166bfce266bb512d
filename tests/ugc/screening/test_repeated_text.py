"""The repeated-text screen, by what the other reviews are to this one."""

import pytest

from ugc.screening.repeated_text import SCREEN
from ugc.screening.screen import Circumstances, Copy, ReviewText, ScreenCode
from ugc.screening.wording import body_hash
from ugc.tables.reviews import ScreenOutcome

LONG = "Un thé doux et parfumé que je bois tous les matins depuis un an."
SHORT = "Très bon thé, je recommande."


def copy(*, author: bool = False, product: bool = False, family: bool = False) -> Copy:
    return Copy(review_id=1, same_author=author, same_product=product, same_family=family)


@pytest.mark.parametrize(
    "copies, body, outcome, code",
    [
        ([], LONG, ScreenOutcome.PASS, None),
        ([copy(author=True, family=True)], LONG, ScreenOutcome.NOTE, ScreenCode.SIBLING_COPY),
        ([copy(author=True)], LONG, ScreenOutcome.WITHHOLD, ScreenCode.REPEATED_BY_AUTHOR),
        ([copy(author=True)], SHORT, ScreenOutcome.WITHHOLD, ScreenCode.REPEATED_BY_AUTHOR),
        ([copy(family=True)], LONG, ScreenOutcome.WITHHOLD, ScreenCode.REPEATED_BY_OTHER),
        ([copy(product=True)], LONG, ScreenOutcome.WITHHOLD, ScreenCode.REPEATED_BY_OTHER),
        ([copy()], SHORT, ScreenOutcome.PASS, None),
        ([copy(), copy(author=True, family=True)], LONG, ScreenOutcome.NOTE, ScreenCode.SIBLING_COPY),
    ],
)
def test_copies(copies: list[Copy], body: str, outcome: ScreenOutcome, code: ScreenCode | None) -> None:
    around = Circumstances(has_bought=True, published_before=0, copies=tuple(copies))

    verdict = SCREEN.look(ReviewText(title=None, body=body, locale="fr-FR"), around)

    assert (verdict.outcome, verdict.code) == (outcome, code)


@pytest.mark.parametrize("other", [LONG.upper(), LONG.replace("é", "e"), f"  {LONG}!!", LONG.replace(" ", ",\n")])
def test_case_accents_and_punctuation_make_no_difference(other: str) -> None:
    assert body_hash(other) == body_hash(LONG)


def test_other_words_do() -> None:
    assert body_hash(LONG) != body_hash(SHORT)
    assert body_hash("!?") == ""
