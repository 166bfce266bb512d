"""`fidelio reconcile`: recount rating totals, replay ledgers, and say where what is stored differs."""

from functools import partial

import typer

from cli.database import opened
from core.db import Database

_MEMBERS = 200


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def reconcile(repair: bool = typer.Option(False, help="Set what is stored to the recount.")) -> None:
        """Compare rating counters and members' points with a recount; exit code 1 when they differ unrepaired."""
        with opened() as database:
            found = _ratings(database, repair) + _ledgers(database, repair)
        for difference in found:
            typer.echo(difference)
        typer.echo(f"{len(found)} counters differ{' and were repaired' if repair and found else ''}.")
        if found and not repair:
            raise typer.Exit(1)


def _ratings(database: Database, repair: bool) -> list[str]:
    from ugc import ratings

    drifts = database.writing(lambda session: ratings.reconcile(session, repairing=repair))
    return [f"product {drift.product_id}: {drift.recounted} recounted, {drift.stored} stored" for drift in drifts]


def _ledgers(database: Database, repair: bool) -> list[str]:
    """Some members a transaction, since members earn and spend meanwhile."""
    from loyalty import reconciling

    told: list[str] = []
    last: int | None = 0
    while last is not None:
        found = database.writing(partial(reconciling.reconcile, after=last, limit=_MEMBERS, repairing=repair))
        told += [
            f"member {drift.membership_id}, {drift.cache} {drift.id}: {drift.replayed} replayed, {drift.stored} stored"
            for drift in found.drifts
        ]
        last = found.last
    return told
