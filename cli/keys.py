"""`fidelio keys`: service keys of the merchant's own systems, and the storefronts' keys."""

import typer

from cli.database import opened, stop_on_refusal


def register(app: typer.Typer) -> None:
    """Add the commands."""
    keys = typer.Typer(help="Service keys.", no_args_is_help=True)
    app.add_typer(keys, name="keys")

    @keys.command()
    def create(name: str, scope: list[str] = typer.Option(..., help="A permission; give it several times.")) -> None:
        """Draw a service key with these scopes; it is shown this once."""
        from core import accounts

        with opened() as database:
            drawn = stop_on_refusal(
                database.writing(lambda session: accounts.create_service_key(session, name=name, scopes=scope))
            )
        key, text = drawn
        typer.echo(f"{text}\n(id {key.id}; revoke it with: fidelio keys revoke {key.id})")

    @keys.command()
    def revoke(key_id: int) -> None:
        """Refuse a service key from now on."""
        from core import accounts

        with opened() as database:
            done = database.writing(lambda session: accounts.revoke_service_key(session, key_id))
        if not done:
            typer.echo("No live key has this id.", err=True)
            raise typer.Exit(1)
        typer.echo("The key is refused from now on.")
