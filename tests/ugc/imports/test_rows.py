"""One row in our terms: what is cleaned, what is guessed (nothing), and what is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest

from core.refusal import Refusal, RefusalCode
from tests.conftest import FrozenClock
from tests.make import imports as make
from ugc.imports import rows
from ugc.imports.mapping import ImportMap
from ugc.imports.refusals import ImportRefusal
from ugc.imports.rows import MappedRow
from ugc.refusals import ReviewRefusal


def mapped(chosen: ImportMap | None = None, **changes: Any) -> MappedRow:  # noqa: ANN401 - JSON values
    row = rows.read(make.row(**changes), chosen or make.chosen())
    assert isinstance(row, MappedRow), row
    return row


def test_an_honest_row_is_taken_as_it_is(frozen_clock: FrozenClock) -> None:
    row = mapped(
        stars=4,
        bought="Yes",
        votes="1,204",
        date="2025-03-02",
        options={"Size": " L "},
        photos=["https://a.example/1.jpg"],
    )

    assert (row.product_key, row.product_name, row.author) == ("tea", "Green tea", "author-1")
    assert (row.words.rating, row.words.title, row.words.locale) == (4, "Number 1", "en-GB")
    assert (row.verified, row.helpful_votes, row.variant) == (True, 1204, {"size": "L"})
    assert row.written_at == datetime(2025, 3, 2, tzinfo=UTC)
    assert row.photo_urls == ("https://a.example/1.jpg",)


@pytest.mark.parametrize(
    "markup, text",
    [
        ("Good &amp; cheap", "Good & cheap"),
        ("One<br />two", "One\ntwo"),
        ("<p>One</p><p>two</p>", "One\ntwo"),
        ("I <b>love</b> it <3", "I love it <3"),
        ("<script>alert(1)</script>fine", "fine"),
        ('<img src=x onerror="alert(1)">fine', "fine"),
        ("&lt;b&gt; is a tag", "<b> is a tag"),
        ("5 < 6 && 7 > 2", "5 < 6 && 7 > 2"),
        ("Zero\u200bwidth\x00and\x07bell", "Zerowidthandbell"),
    ],
)
def test_text_is_plain_text(frozen_clock: FrozenClock, markup: str, text: str) -> None:
    assert mapped(text=markup).words.body == text


@pytest.mark.parametrize(
    "written, best, stars",
    [("5", 5, 5), (4.0, 5, 4), ("4,6", 5, 5), ("4.4", 5, 4), ("9", 10, 5), ("8.9", 10, 4), ("100", 100, 5)],
)
def test_ratings_come_to_five_stars(frozen_clock: FrozenClock, written: object, best: int, stars: int) -> None:
    assert mapped(make.chosen(best_rating=best), stars=written).words.rating == stars


@pytest.mark.parametrize(
    "written, code",
    [
        ("12", ReviewRefusal.RATING_OUT_OF_RANGE),
        ("0", ReviewRefusal.RATING_OUT_OF_RANGE),
        ("", ImportRefusal.RATING_MISSING),
        (None, ImportRefusal.RATING_MISSING),
        (True, ImportRefusal.RATING_MISSING),
        ("five", ImportRefusal.RATING_UNREADABLE),
        ("NaN", ImportRefusal.RATING_UNREADABLE),
        ("1e999", ImportRefusal.RATING_UNREADABLE),
        ("1e999999999", ImportRefusal.RATING_UNREADABLE),
    ],
)
def test_what_is_no_rating_is_refused(frozen_clock: FrozenClock, written: object, code: RefusalCode) -> None:
    outcome = rows.read(make.row(stars=written), make.chosen())

    assert isinstance(outcome, Refusal)
    assert outcome.code is code


@pytest.mark.parametrize(
    "written, formats, instant",
    [
        (1441324800, ["unix"], datetime(2015, 9, 4, tzinfo=UTC)),
        ("2015-09-04T10:00:00+02:00", ["iso"], datetime(2015, 9, 4, 8, tzinfo=UTC)),
        ("2015-07-04", ["iso"], datetime(2015, 7, 3, 22, tzinfo=UTC)),
        ("05/03/2024", ["%d/%m/%Y"], datetime(2024, 3, 4, 23, tzinfo=UTC)),
        ("05/03/2024", ["iso", "%m/%d/%Y"], datetime(2024, 5, 2, 22, tzinfo=UTC)),
    ],
)
def test_dates_are_read_as_the_map_says(
    frozen_clock: FrozenClock, written: object, formats: list[str], instant: datetime
) -> None:
    chosen = make.chosen(dates={"formats": formats, "time_zone": "Europe/Paris"})

    assert mapped(chosen, date=written).written_at == instant


@pytest.mark.parametrize(
    "written, code",
    [
        ("05/03/2024", ImportRefusal.DATE_UNREADABLE),
        ("2026-03-03", ImportRefusal.DATE_IN_FUTURE),
        ("99999999999999999999", ImportRefusal.DATE_UNREADABLE),
        ("0024-03-05", ImportRefusal.DATE_UNREADABLE),
    ],
)
def test_no_date_is_guessed(frozen_clock: FrozenClock, written: str, code: ImportRefusal) -> None:
    assert rows.read(make.row(date=written), make.chosen()) == Refusal(code, params={"found": written})


def test_a_row_without_a_date_has_none(frozen_clock: FrozenClock) -> None:
    assert mapped(date="").written_at is None


@pytest.mark.parametrize("name", ["camille@mail.example", "x" * 61, "", None])
def test_what_is_no_name_is_not_shown_as_one(frozen_clock: FrozenClock, name: str | None) -> None:
    assert mapped(name=name).display_name is None


@pytest.mark.parametrize("said", ["true", True, 1, "Oui", "verified_buyer"])
def test_explicit_words_are_a_purchase(frozen_clock: FrozenClock, said: object) -> None:
    assert mapped(bought=said).verified


@pytest.mark.parametrize("said", ["", None, "no", 0, "email", "camille@mail.example", "unknown"])
def test_nothing_else_is_a_purchase(frozen_clock: FrozenClock, said: object) -> None:
    assert not mapped(bought=said).verified


def test_photos_come_from_https_lists_of_any_form(frozen_clock: FrozenClock) -> None:
    assert mapped(photos="https://a.example/1.jpg, http://a.example/2.jpg").photo_urls == ("https://a.example/1.jpg",)
    assert mapped(photos='["https://a.example/1.jpg", 3]').photo_urls == ("https://a.example/1.jpg",)
    assert mapped(photos="[broken").photo_urls == ()
    assert len(mapped(photos=[f"https://a.example/{number}.jpg" for number in range(30)]).photo_urls) == 10


def test_a_row_is_known_by_all_it_says_or_by_its_own_id() -> None:
    plain, keyed = make.chosen(), make.chosen(key=["author", "product"])

    assert rows.identity(make.row(1), plain) != rows.identity(make.row(1, votes=3), plain)
    assert rows.identity(make.row(1), keyed) == rows.identity(make.row(1, votes=3), keyed) == "author-1|tea"
    assert len(rows.identity(make.row(1, author="x" * 300), keyed)) == 64


@pytest.mark.parametrize(
    "changes, code",
    [
        ({"product": ""}, ImportRefusal.PRODUCT_MISSING),
        ({"product": {"id": 1}}, ImportRefusal.PRODUCT_MISSING),
        ({"product": "tea\x00"}, ImportRefusal.ROW_UNREADABLE),
        ({"product": "tea\ud800"}, ImportRefusal.ROW_UNREADABLE),
        ({"text": "x" * 5001}, ReviewRefusal.BODY_TOO_LONG),
        ({"title": "x" * 121}, ReviewRefusal.TITLE_TOO_LONG),
    ],
)
def test_limits_refuse_a_row(frozen_clock: FrozenClock, changes: dict[str, Any], code: RefusalCode) -> None:
    outcome = rows.read(make.row(**changes), make.chosen())

    assert isinstance(outcome, Refusal)
    assert outcome.code is code
