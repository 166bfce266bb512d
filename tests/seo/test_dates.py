"""Dates as they are written: three standards, and what is none of them."""

import pytest

from seo import dates


@pytest.mark.parametrize(
    "text,instant",
    [
        ("2026-03-03", "2026-03-03T00:00:00+00:00"),
        ("2026-03", "2026-03-01T00:00:00+00:00"),
        ("2026", "2026-01-01T00:00:00+00:00"),
        ("2026-03-03T10:00:00+01:00", "2026-03-03T09:00:00+00:00"),
        ("2026-03-03 10:00:00Z", "2026-03-03T10:00:00+00:00"),
        ("2026-03-03T10:00:00.123456789Z", "2026-03-03T10:00:00.123456+00:00"),
        ("sexta 18 setembro 2020", None),
        ("03/03/2026", None),
        ("2026-13-03", None),
        ("", None),
    ],
)
def test_iso_dates(text: str, instant: str | None) -> None:
    found = dates.from_iso(text)

    assert (found.isoformat() if found else None) == instant


@pytest.mark.parametrize(
    "text", ["Wed, 25 Nov 2026 15:00:00 GMT", "Wednesday, 25-Nov-26 15:00:00 GMT", "25 Nov 2026 15:00:00 GMT"]
)
def test_the_forms_of_mail_and_http(text: str) -> None:
    found = dates.from_any(text)

    assert found is not None
    assert found.isoformat() == "2026-11-25T15:00:00+00:00"


def test_what_is_no_date_is_none() -> None:
    assert dates.from_any("soon") is None
