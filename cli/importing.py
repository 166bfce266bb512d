"""`fidelio import`: what comes from files; one kind of thing a command."""

import typer

from cli.import_reviews import import_reviews


def register(app: typer.Typer) -> None:
    """Add the commands."""
    imports = typer.Typer(help="Take in what other systems export.", no_args_is_help=True)
    app.add_typer(imports, name="import")
    # a callback keeps the name `reviews` while it is the only command
    imports.callback()(_keep_name)
    imports.command(name="reviews")(import_reviews)


def _keep_name() -> None:
    """Take in what other systems export."""
