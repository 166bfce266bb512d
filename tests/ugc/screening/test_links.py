"""The links screen: addresses plain and disguised, and sentences that only look like them."""

import pytest

from ugc.screening.links import SCREEN
from ugc.screening.screen import Circumstances, ReviewText, ScreenCode

ALONE = Circumstances(has_bought=True, published_before=0)


@pytest.mark.parametrize(
    "body, code, passage",
    [
        ("Moins cher sur https://exemple.fr/thes ici", ScreenCode.LINK, "https://exemple.fr/thes"),
        ("Voyez www.exemple.com, merci", ScreenCode.LINK, "www.exemple.com"),
        ("écrivez à moi@exemple.com vite", ScreenCode.LINK, "moi@exemple.com"),
        ("allez sur exemple point com", ScreenCode.DISGUISED_LINK, "exemple point com"),
        ("go to example dot com now", ScreenCode.DISGUISED_LINK, "example dot com"),
        ("see example [.] com", ScreenCode.DISGUISED_LINK, "example [.] com"),
        ("see example(dot)net", ScreenCode.DISGUISED_LINK, "example(dot)net"),
        ("到 example點com 看看", ScreenCode.DISGUISED_LINK, "example點com"),
    ],
)
def test_an_address_is_found_where_it_stands(body: str, code: ScreenCode, passage: str) -> None:
    verdict = SCREEN.look(ReviewText(title=None, body=body, locale="fr-FR"), ALONE)

    assert verdict.code is code
    assert [body[span.start : span.end] for span in verdict.spans] == [passage]


@pytest.mark.parametrize(
    "body",
    [
        "Un bon point. Com d'habitude, livré vite.",
        "Très bon.Je recommande ce thé.",
        "Un point commun : ils sont bons.",
        "Le meilleur point de vente de la ville.",
        "At this price point it is a good deal. Me and my wife agree.",
        "味道很好。一點也不苦。",
        "Reçu le 12.05, bu le 13.05.",
        "4.5 étoiles sur 5",
    ],
)
def test_a_sentence_is_no_address(body: str) -> None:
    assert SCREEN.look(ReviewText(title=None, body=body, locale="fr-FR"), ALONE).code is None
