"""Which reporter writes which format, and to where. What each writes is its own file's."""

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from seo.reporters import Survey, as_html, as_json, as_junit, as_sarif, as_text


class Format(StrEnum):
    """How a report is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    JUNIT = "junit"
    SARIF = "sarif"


_OF_SUFFIX = {
    ".txt": Format.TEXT, ".json": Format.JSON, ".html": Format.HTML, ".xml": Format.JUNIT, ".sarif": Format.SARIF,
}  # fmt: skip


def format_of(path: Path) -> Format | None:
    """The format that a file's name asks for; None when it asks for none."""
    return _OF_SUFFIX.get(path.suffix.lower())


def pieces(survey: Survey, format_: Format, *, locale: str) -> Iterator[str]:
    """Many pages in one format, piece by piece."""
    match format_:
        case Format.TEXT:
            return as_text.pieces(survey, locale=locale)
        case Format.JSON:
            return as_json.pieces(survey, locale=locale)
        case Format.HTML:
            return as_html.pieces(survey, locale=locale)
        case Format.JUNIT:
            return as_junit.pieces(survey, locale=locale)
        case Format.SARIF:
            return as_sarif.pieces(survey, locale=locale)
