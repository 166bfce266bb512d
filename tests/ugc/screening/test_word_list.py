"""The word-list screen: hits, their places in the words as written, and what must not be a hit."""

import pytest

from ugc.screening.screen import Circumstances, ReviewText, ScreenCode
from ugc.screening.word_list import LANGUAGES, SCREEN, word_list

ALONE = Circumstances(has_bought=True, published_before=0)


@pytest.mark.parametrize(
    "locale, body, hits",
    [
        ("fr-FR", "C'est une ARNAQUE totale.", ["ARNAQUE"]),
        ("fr-FR", "Un vendeur débile, un Crétin.", ["débile", "Crétin"]),
        ("fr-FR", "une 4rn4qu3, voila", ["4rn4qu3"]),
        ("fr-FR", "Une ａｒｎａｑｕｅ large", ["ａｒｎａｑｕｅ"]),
        ("en-US", "Total scam, the seller is a Moron!", ["scam", "Moron"]),
        ("en-US", "What a $c4m.", ["$c4m"]),
        ("zh-TW", "這家是黑店，老闆是騙子。", ["黑店", "騙子"]),
        ("zh-TW", "請加Line好友", ["加Line"]),
        ("de-DE", "So ein scam, une arnaque", ["scam", "arnaque"]),
    ],
)
def test_a_hit_names_its_passage_as_written(locale: str, body: str, hits: list[str]) -> None:
    verdict = SCREEN.look(ReviewText(title=None, body=body, locale=locale), ALONE)

    assert verdict.code is ScreenCode.SUSPECT_WORD
    assert [body[span.start : span.end] for span in verdict.spans] == hits


@pytest.mark.parametrize(
    "locale, body",
    [
        ("fr-FR", "Un thé sans arnaquer personne, acheté près du casino."),
        ("en-US", "The scampi went well with it; I paid 100 for 10."),
        ("fr-FR", "Mon pull est décramponné."),
        ("zh-TW", "垃圾桶很好用，便宜又大碗。"),
    ],
)
def test_innocent_words_pass(locale: str, body: str) -> None:
    assert SCREEN.look(ReviewText(title=None, body=body, locale=locale), ALONE).spans == ()


def test_the_title_is_looked_at_too() -> None:
    verdict = SCREEN.look(ReviewText(title="Arnaque !", body="Rien à dire de plus, hélas.", locale="fr"), ALONE)

    assert [(span.field, span.start, span.end) for span in verdict.spans] == [("title", 0, 7)]


def test_the_version_is_that_of_the_lists() -> None:
    assert SCREEN.version == ",".join(f"{language}:{word_list(language).version}" for language in LANGUAGES)
