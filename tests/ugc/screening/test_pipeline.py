"""All screens together: they cannot see stars, the first demand decides, and all that was said is kept."""

from dataclasses import fields

import pytest
from sqlmodel import Session

from core import texts
from tests.make import ugc as make_ugc
from ugc.queries import cases
from ugc.screening import SCREENS, pipeline
from ugc.screening.screen import Circumstances, ReviewText, ScreenCode
from ugc.states import ReviewStatus

BODIES = {
    "clean": None,
    "short": "Bof.",
    "word": "Une arnaque de bout en bout, je le dis.",
    "link": "Allez voir www.exemple.fr, bien mieux.",
}


def test_what_screens_are_given_has_no_stars() -> None:
    given = {field.name for kind in (ReviewText, Circumstances) for field in fields(kind)}

    assert given == {"title", "body", "locale", "has_bought", "published_before", "copies"}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
def test_the_same_words_get_the_same_verdict_at_every_star(session: Session, body: str | None) -> None:
    verdicts = []
    for rating in (1, 2, 3, 4, 5):
        review_id = make_ugc.review(session, rating=rating, body=body)
        status = make_ugc.stored(session, review_id).status
        verdicts.append((status, [(said.screen, said.code) for said in cases.verdicts(session, review_id)]))

    assert all(verdict == verdicts[0] for verdict in verdicts)


def test_every_screen_speaks_and_is_kept_with_its_version(session: Session) -> None:
    review_id = make_ugc.review(session, body="Une arnaque, voyez www.exemple.fr !")

    kept = cases.verdicts(session, review_id)

    assert [(said.screen, said.version) for said in kept] == [(screen.name, screen.version) for screen in SCREENS]
    by_screen = {said.screen: said for said in kept}
    assert by_screen["word_list"].spans == [{"field": "body", "start": 4, "end": 11, "match": "arnaque"}]
    assert by_screen["links"].spans[0]["start"] == 19
    assert all(said.at for said in kept)


def test_the_first_demand_decides() -> None:
    text = ReviewText(title=None, body="Court : www.exemple.fr", locale="fr-FR")
    stranger = Circumstances(has_bought=False, published_before=0)

    assert pipeline.screen(text, stranger).status is ReviewStatus.WITHHELD
    assert pipeline.screen(ReviewText(None, "Court", "fr"), stranger).status is ReviewStatus.QUEUED


def test_every_code_has_its_sentence_for_moderators() -> None:
    for code in ScreenCode:
        assert texts.say("ugc", f"screen.{code}", "fr")
