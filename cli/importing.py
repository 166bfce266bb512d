"""`fidelio import`: what a shop brings along. One kind of thing a command, each with a module of its own."""

import typer

from cli.import_reviews import import_reviews


def register(app: typer.Typer) -> None:
    """Add the commands."""
    imports = typer.Typer(help="Bring in what was collected elsewhere or earlier.", no_args_is_help=True)
    app.add_typer(imports, name="import")
    imports.command("reviews")(import_reviews)
