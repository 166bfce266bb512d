"""`fidelio keys`: service keys of the merchant's own systems. The storefronts' keys are cli.storefront_keys'."""

from datetime import timedelta

import typer

from cli import storefront_keys
from cli.database import opened, stop_on_refusal

_PAGE = 100


def register(app: typer.Typer) -> None:
    """Add the commands."""
    keys = typer.Typer(help="Service keys, and the storefronts' keys.", no_args_is_help=True)
    app.add_typer(keys, name="keys")
    storefront_keys.register(keys)

    @keys.command("list")
    def list_() -> None:
        """The service keys, newest first, with their scopes and last use."""
        from core import accounts

        with opened() as database, database.reading() as session:
            rows = accounts.service_keys_page(session, first=_PAGE).items
        for row in rows:
            state = "revoked" if row.revoked_at else f"until {_day(row.expires_at)}" if row.expires_at else "live"
            used = f"last used {_day(row.last_used_at)}" if row.last_used_at else "never used"
            typer.echo(f"{row.id}  {row.name}  {','.join(row.scopes)}  {state}, {used}")

    @keys.command()
    def create(
        name: str,
        scope: list[str] = typer.Option(..., help="A permission; give it several times."),
        days: int | None = typer.Option(None, min=1, max=3650, help="How long it is good for; else until revoked."),
    ) -> None:
        """Draw a service key with these scopes; it is shown this once."""
        from core import accounts

        life = timedelta(days=days) if days is not None else None
        with opened() as database:
            drawn = stop_on_refusal(
                database.writing(
                    lambda session: accounts.create_service_key(session, name=name, scopes=scope, life=life)
                )
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


def _day(instant: object) -> str:
    return str(instant)[:10]
