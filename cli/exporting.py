"""`fidelio export`: what a shop takes along. One kind of thing a command, each with a module of its own."""

import typer

from cli.export_google_reviews import google_reviews


def register(app: typer.Typer) -> None:
    """Add the commands."""
    exports = typer.Typer(help="Write what others read: feeds and files.", no_args_is_help=True)
    app.add_typer(exports, name="export")
    exports.callback()(_keep_names)
    exports.command("google-reviews")(google_reviews)


def _keep_names() -> None:
    """Write what others read: feeds and files."""
