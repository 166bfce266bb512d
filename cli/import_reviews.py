"""`fidelio import reviews`: reviews from a file, by a map. What happens to a row is ugc.imports' to decide."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cli.database import opened, stop_on_refusal
from core import texts
from core.settings import settings

if TYPE_CHECKING:
    from core.db import Database
    from ugc.imports.importing import ImportJob, Progress, Report, Survey


def import_reviews(
    file: Path = typer.Argument(help="The export: CSV, or one JSON object a line."),
    *,
    map_file: Path = typer.Option(..., "--map", help="A TOML file that names the columns."),
    create_products: bool = typer.Option(False, help="Create products that are missing, by the rows' key and name."),
    families: Path | None = typer.Option(None, help="A families file; a dry run writes its proposal where none is."),
    undated: bool = typer.Option(False, help="Take rows without a date as well."),
    fetch_photos: bool = typer.Option(False, help="Fetch the photos that rows name; they wait for a decision."),
    dry_run: bool = typer.Option(False, help="Show what would become of every row; write nothing."),
    confirm: bool = typer.Option(False, help="Publish and count what was imported, now and before."),
) -> None:
    """Import reviews. Nothing of them is shown or counted before --confirm; the same file again adds nothing."""
    from ugc.imports import importing

    job = _job(file, map_file, families=families, create_products=create_products, undated=undated)
    with _progress("Looking the file over", None):
        seen = importing.survey(job)
    with opened() as database:
        if dry_run:
            _dry_run(database, job, seen, families)
            return
        with _progress("Importing", seen.rows) as progress:
            report = stop_on_refusal(importing.run(database, job, seen, progress=progress))
        _tell(report, job)
        if fetch_photos:
            _fetch_photos(database, job.chosen.review_source)
        if confirm:
            _confirm(database, job.chosen.review_source)
        elif report.kept:
            typer.echo("Nothing of it is shown or counted yet; run this again with --confirm to publish it.")


def _job(file: Path, map_file: Path, *, families: Path | None, create_products: bool, undated: bool) -> "ImportJob":
    from ugc.imports import families as family_files
    from ugc.imports import mapping, reading
    from ugc.imports.importing import ImportJob

    chosen = stop_on_refusal(mapping.load(map_file))
    stop_on_refusal(reading.check(file, chosen))
    plans = stop_on_refusal(family_files.load(families)) if families is not None and families.exists() else ()
    return ImportJob(
        path=file,
        chosen=chosen,
        secret=settings().secret(),
        create_products=create_products,
        families=plans,
        undated=undated,
    )


def _dry_run(database: "Database", job: "ImportJob", seen: "Survey", families: Path | None) -> None:
    from ugc.imports import importing
    from ugc.imports.families import written

    with _progress("Judging", seen.rows) as progress:
        report = importing.dry_run(database, job, seen, progress=progress)
    _tell(report, job, verb="would be created")
    plans = importing.proposals(seen, job.chosen)
    if job.families or not plans:
        return
    members = sum(len(plan.products) for plan in plans)
    typer.echo(f"{len(plans)} families proposed, of {members} products that share the same persons' texts.")
    if families is None:
        typer.echo("Name a file with --families to have the proposal written there.")
    else:
        families.write_text(written(plans), encoding="utf-8")
        typer.echo(f"Written to {families}: look them over, then import with --families {families}.")


def _tell(report: "Report", job: "ImportJob", *, verb: str = "created") -> None:
    from ugc.imports.verdicts import Verdict

    typer.echo(f"{report.rows:,} rows of {job.path.name}")
    for verdict in Verdict:
        typer.echo(f"  {verdict.value:<14}{report.counts[verdict]:>8,}")
    for code, number in report.codes.most_common():
        typer.echo(f"    {code}: {number:,}")
    for line, refusal in report.refused:
        typer.echo(f"  line {line}: {texts.refusal_sentence(refusal, settings().command_locale)}")
    if report.products_created:
        typer.echo(f"{report.products_created:,} products {verb}.")


def _fetch_photos(database: "Database", source: str) -> None:
    from core import storage
    from ugc.imports import pictures
    from ugc.imports.pictures import PictureJob

    job = PictureJob(source, storage.media(), settings().allowed_private_hosts())
    with _progress("Fetching photos", None) as progress:
        outcomes = pictures.fetch_all(database, job, progress=progress)
    told = ", ".join(f"{code} {number:,}" for code, number in outcomes.most_common())
    typer.echo(f"Photos: {told or 'nothing to fetch'}.")


def _confirm(database: "Database", source: str) -> None:
    from ugc.imports import publication

    with _progress("Publishing", None) as progress:
        published = publication.confirm(database, source, progress=progress)
    typer.echo(f"{published.shown:,} reviews published; {published.copies:,} copies kept, neither shown nor counted.")


@contextmanager
def _progress(what: str, total: int | None) -> "Iterator[Progress]":
    """A bar on standard error while a person watches, else nothing."""
    if not sys.stderr.isatty():
        yield lambda _rows: None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda rows: bar.advance(task, rows)
