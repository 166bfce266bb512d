"""`fidelio users`: staff accounts, the first admin among them."""

from datetime import timedelta

import typer

from cli.database import opened, stop_on_refusal
from core.identity import Role


def register(app: typer.Typer) -> None:
    """Add the commands."""
    users = typer.Typer(help="Staff accounts.", no_args_is_help=True)
    app.add_typer(users, name="users")

    @users.command()
    def create(
        email: str,
        name: str = typer.Option(..., help="The name colleagues see."),
        role: Role = typer.Option(Role.MODERATOR, help="What the account may do."),
        locale: str = typer.Option("en", help="The console's language: en or fr."),
        password: str = typer.Option(..., prompt=True, confirmation_prompt=True, hide_input=True),
    ) -> None:
        """Open a staff account."""
        from core import accounts

        with opened() as database:
            stop_on_refusal(
                database.writing(
                    lambda session: accounts.create_staff(
                        session, email=email, name=name, role=role, password=password, locale=locale
                    )
                )
            )
        typer.echo(f"{email} may now sign in as {role.value.lower()}.")

    @users.command("list")
    def list_() -> None:
        """The staff accounts, oldest first, closed ones too."""
        from core import accounts

        with opened() as database, database.reading() as session:
            for row in accounts.everyone(session):
                typer.echo(f"{row.email}  {row.name}  {row.role.value}  {'active' if row.active else 'closed'}")

    @users.command()
    def role(email: str, role: Role) -> None:
        """Give an account another role, from its next request on."""
        from core import accounts

        with opened() as database:
            stop_on_refusal(database.writing(lambda session: accounts.change_role(session, email, role)))
        typer.echo(f"{email} works as {role.value.lower()} from now on.")

    @users.command()
    def password(
        email: str,
        password: str = typer.Option(..., prompt=True, confirmation_prompt=True, hide_input=True),
    ) -> None:
        """Give an account another password; its sessions and tokens end."""
        from core import accounts

        with opened() as database:
            stop_on_refusal(database.writing(lambda session: accounts.change_password(session, email, password)))
        typer.echo(f"{email} has a new password, and is signed out everywhere.")

    @users.command()
    def deactivate(email: str) -> None:
        """Close an account; its sessions and tokens end at once."""
        from core import accounts

        with opened() as database:
            stop_on_refusal(database.writing(lambda session: accounts.deactivate(session, email)))
        typer.echo(f"{email} is closed, and signed out everywhere.")

    @users.command()
    def sign_out(email: str) -> None:
        """End an account's sessions and tokens."""
        from core import accounts

        with opened() as database:
            ended = stop_on_refusal(database.writing(lambda session: accounts.sign_out(session, email)))
        typer.echo(f"{ended} sessions and tokens have ended.")

    @users.command()
    def token(email: str, days: int = typer.Option(30, min=1, max=365, help="How long it is good for.")) -> None:
        """Draw an API token for a staff account; it is shown this once."""
        from core import accounts

        with opened() as database:
            drawn = database.writing(
                lambda session: accounts.issue_token_for(session, email, life=timedelta(days=days))
            )
        typer.echo(stop_on_refusal(drawn))
