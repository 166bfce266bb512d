"""`fidelio program enrol`: an existing customer list into a program. What becomes of a row is loyalty.enrolment's."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

from cli.database import opened
from core import texts
from core.settings import settings

if TYPE_CHECKING:
    from core.db import Database
    from core.refusal import Refusal
    from loyalty.enrolment import Agreement
    from shop.customers import CustomerDraft

    Line = tuple[int, CustomerDraft | Refusal]

_BATCH = 200


def enrol(
    handle: str = typer.Argument(help="The program's handle."),
    file: Path = typer.Argument(help="A CSV file with a row a customer.", exists=True, dir_okay=False),
    *,
    storefront: str = typer.Option(..., help="The handle of the storefront whose customers they are."),
    terms_version: str = typer.Option(..., help="The version of the terms that they agreed to."),
    source: str = typer.Option(..., help="Where they agreed, for the record: a form, a till, a letter."),
) -> None:
    """Enrol a customer list with its consents. The same file again enrols nobody twice."""
    from loyalty import enrolment_file
    from loyalty.enrolment import Agreement
    from loyalty.queries import programs
    from shop import storefronts

    unknown = enrolment_file.unknown_columns(file)
    if unknown:
        _stop(f"Columns that mean nothing here: {', '.join(unknown)}.")
    with opened() as database:
        with database.reading() as session:
            program = programs.by_handle(session, handle)
            front = storefronts.by_handle(session, storefront)
        if program is None or front is None:
            _stop("There is no such program, or no such storefront.")
        agreement = Agreement(program.id, terms_version, source)
        lines = enrolment_file.rows(file, storefront_id=front.id, source=source)
        _enrol_all(database, agreement, lines)


def _enrol_all(database: "Database", agreement: "Agreement", lines: "Iterator[Line]") -> None:
    from core.refusal import Refusal
    from loyalty import enrolment

    enrolled, refused = 0, list["tuple[int, Refusal]"]()
    while batch := list(islice(lines, _BATCH)):
        readable = [(line, draft) for line, draft in batch if not isinstance(draft, Refusal)]
        refused += [(line, draft) for line, draft in batch if isinstance(draft, Refusal)]
        step = partial(enrolment.enrol_described, agreement=agreement, rows=[draft for _, draft in readable])
        outcomes = database.writing(step)
        for (line, _), outcome in zip(readable, outcomes, strict=True):
            if isinstance(outcome, Refusal):
                refused.append((line, outcome))
            else:
                enrolled += 1
    typer.echo(f"{enrolled:,} members enrolled, {len(refused):,} rows refused.")
    for line, refusal in sorted(refused, key=lambda each: each[0]):
        typer.echo(f"  line {line}: {texts.refusal_sentence(refusal, settings().command_locale)}")


def _stop(why: str) -> NoReturn:
    typer.echo(why, err=True)
    raise typer.Exit(1)
