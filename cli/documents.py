"""`fidelio documents`: which GraphQL documents clients may name instead of sending, or alone may run when locked."""

from pathlib import Path

import typer

from cli.database import opened, stop_on_refusal


def register(app: typer.Typer) -> None:
    """Add the commands."""
    documents = typer.Typer(help="Persisted GraphQL documents.", no_args_is_help=True)
    app.add_typer(documents, name="documents")
    documents.command("register")(_register)
    documents.command("list")(_list)
    documents.command("forget")(_forget)


def _register(
    paths: list[Path] = typer.Argument(..., help="Files or folders: .graphql, or manifests in JSON."),
) -> None:
    """Register every document of these files, or none when one of them would be refused."""
    from sqlmodel import Session

    from api.registration import faults
    from api.schema import build_schema
    from cli.manifests import ManifestError, documents_in
    from core import documents
    from core.refusal import Refusal

    try:
        found = [registration for path in paths for registration in documents_in(path)]
    except ManifestError as problem:
        _stop(str(problem))
    schema = build_schema()
    for registration in found:
        for fault in faults(schema, registration.text):
            _stop(f"{_start(registration.text)}: {fault}")

    def step(session: Session) -> int | Refusal:
        kept = set()
        for registration in found:
            outcome = documents.register(session, registration)
            if isinstance(outcome, Refusal):
                return outcome
            kept.add(outcome)
        return len(kept)

    with opened() as database:
        count = stop_on_refusal(database.writing(step))
    typer.echo(f"Registered: {count}. Every server process takes them from now on.")


def _list() -> None:
    """Every registered id, with the SHA-256 and the beginning of its document."""
    from core import documents

    with opened() as database, database.reading() as session:
        for row in documents.registered(session):
            typer.echo(f"{row.id}  {'' if row.id == row.sha256 else row.sha256 + '  '}{_start(row.text)}")


def _forget(document_id: str) -> None:
    """Forget a document under all its ids; server processes refuse it within ten seconds."""
    from core import documents

    with opened() as database:
        count = database.writing(lambda session: documents.forget(session, document_id))
    if not count:
        _stop("No document is registered under this id.")
    typer.echo(f"Forgotten, with {count} of its ids.")


def _start(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:59]}…"


def _stop(message: str) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(1)
