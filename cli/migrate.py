"""`fidelio migrate`: bring the database to the newest revision."""

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def migrate() -> None:
        """Bring the database to the newest revision; safe to repeat."""
        from core import migrate
        from core.settings import settings

        changed = migrate.upgrade(settings().database_url)
        typer.echo(f"The database is at revision {migrate.newest()}{'.' if changed else ', as it was.'}")
