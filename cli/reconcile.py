"""`fidelio reconcile`: recount the rating totals and say where the counters differ."""

import typer

from cli.database import opened


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def reconcile(repair: bool = typer.Option(False, help="Set the counters to the recount.")) -> None:
        """Compare rating counters with a recount; exit code 1 when they differ and are not repaired."""
        from ugc import ratings

        with opened() as database:
            drifts = database.writing(lambda session: ratings.reconcile(session, repairing=repair))
        for drift in drifts:
            typer.echo(f"product {drift.product_id}: {drift.recounted} recounted, {drift.stored} stored")
        typer.echo(f"{len(drifts)} counters differ{' and were repaired' if repair and drifts else ''}.")
        if drifts and not repair:
            raise typer.Exit(1)
