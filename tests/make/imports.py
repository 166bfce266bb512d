"""Builders of exports and their maps: files below a folder of the test, jobs over them, and runs of those."""

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlmodel import select

from core.db import Database
from tests.make.shop import accepted
from ugc import ratings
from ugc.imports import importing, publication
from ugc.imports.importing import ImportJob, Report
from ugc.imports.mapping import ImportMap
from ugc.imports.publication import Published
from ugc.queries import imports as queries
from ugc.ratings import RatingSummary
from ugc.tables.reviews import Review

SECRET = b"a secret of the tests"


def chosen(**changes: Any) -> ImportMap:  # noqa: ANN401 - as a TOML file has it
    """A map of JSON lines with the columns that `row` writes."""
    given: dict[str, Any] = {
        "source": "old-shop",
        "format": "jsonl",
        "locale": "en-GB",
        "columns": {
            "product": "product",
            "product_name": "product_name",
            "author": "author",
            "author_name": "name",
            "rating": "stars",
            "title": "title",
            "body": "text",
            "date": "date",
            "verified": "bought",
            "helpful_votes": "votes",
            "photos": "photos",
        },
        "variant": {"size": ["options", "Size"]},
    }
    return ImportMap.model_validate(given | changes)


def row(number: int = 1, **changes: Any) -> dict[str, Any]:  # noqa: ANN401 - a JSON value
    """An honest row; rows of other numbers are other people's words on other days."""
    return {
        "product": "tea",
        "product_name": "Green tea",
        "author": f"author-{number}",
        "name": "Camille R.",
        "stars": 1 + number % 5,
        "title": f"Number {number}",
        "text": f"A mild tea with a scent of hay, and my number {number} of this year.",
        "date": f"2025-0{1 + number % 9}-1{number % 10}",
        **changes,
    }


def jsonl(folder: Path, rows: Sequence[Mapping[str, Any]], name: str = "export.jsonl") -> Path:
    """The rows as a file, one a line."""
    path = folder / name
    path.write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")
    return path


def delimited(folder: Path, rows: Sequence[Mapping[str, Any]], *, delimiter: str = ",", bom: bool = False) -> Path:
    """The rows as CSV under a header."""
    path = folder / "export.csv"
    with path.open("w", encoding="utf-8-sig" if bom else "utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def job(
    path: Path,
    *,
    create_products: bool = True,
    undated: bool = False,
    **changes: Any,  # noqa: ANN401 - of the map
) -> ImportJob:
    """A job over a file of `row`s."""
    return ImportJob(
        path=path, chosen=chosen(**changes), secret=SECRET, create_products=create_products, undated=undated
    )


def silent(_rows: int) -> None:
    """A progress bar that nobody watches."""


def run(database: Database, job: ImportJob) -> Report:
    """A real run, which is not refused."""
    return accepted(importing.run(database, job, importing.survey(job), progress=silent))


def foresee(database: Database, job: ImportJob) -> Report:
    """A dry run."""
    return importing.dry_run(database, job, importing.survey(job), progress=silent)


def confirm(database: Database) -> Published:
    """Confirm what the maps of `chosen` brought."""
    return publication.confirm(database, "import:old-shop", progress=silent)


def everything(database: Database, *models: Any) -> list[int]:  # noqa: ANN401 - table classes
    """How many rows each table has."""
    with database.reading() as session:
        return [len(session.exec(select(model)).all()) for model in models]


def reviews(database: Database) -> list[Review]:
    """Every review, in the order of their writing."""
    with database.reading() as session:
        return list(session.exec(select(Review).order_by(Review.id)).all())  # type: ignore[arg-type]


def summary(database: Database, key: str = "tea") -> RatingSummary:
    """The ratings of the product of this key."""
    with database.reading() as session:
        product_id = queries.places(session, [key])[key][0]
        return ratings.summary(session, product_id)
