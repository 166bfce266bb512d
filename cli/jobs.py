"""`fidelio jobs`: what time brings about, run once by hand or by a timer."""

import typer

from cli.database import opened


def register(app: typer.Typer) -> None:
    """Add the commands."""
    jobs = typer.Typer(help="Jobs that time brings about.", no_args_is_help=True)
    app.add_typer(jobs, name="jobs")

    @jobs.command()
    def nightly() -> None:
        """Run the night's jobs once, in their order; each is safe to repeat and to interrupt."""
        from worker.schedule import NIGHTLY

        with opened() as database:
            for name, job in NIGHTLY:
                typer.echo(f"{name}: {job(database)}")

    @jobs.command()
    def drain() -> None:
        """React to every event, bill what is due, send every webhook and make every check of a page, then stop."""
        from worker.cashier import Cashier
        from worker.courier import Courier
        from worker.inspector import Inspector
        from worker.reactions import REACTIONS
        from worker.runner import Worker

        with opened() as database:
            typer.echo(f"{Cashier(database).drain()} steps of paid memberships")
            typer.echo(f"{Worker(database, REACTIONS).drain()} events seen")
            typer.echo(f"{Courier(database).drain()} webhook attempts made")
            typer.echo(f"{Inspector(database).drain()} pages checked")
