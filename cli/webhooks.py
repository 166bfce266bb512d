"""`fidelio webhooks`: endpoints that are told of events, for operators without a browser."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import typer

from cli.database import opened, stop_on_refusal

if TYPE_CHECKING:
    from core.db import Database
    from core.webhooks.deliveries import ReplayDraft


def register(app: typer.Typer) -> None:
    """Add the commands."""
    webhooks = typer.Typer(help="Webhook endpoints.", no_args_is_help=True)
    app.add_typer(webhooks, name="webhooks")
    _add_making(webhooks)
    _add_running(webhooks)


def _add_making(webhooks: typer.Typer) -> None:
    from publishing.outward.events import OutwardEvent

    @webhooks.command("list")
    def list_endpoints() -> None:
        """Every endpoint: its id, state, failures since the last success, and address."""
        from core.webhooks import endpoints

        with opened() as database, database.reading() as session:
            for each in endpoints.page(session, first=endpoints.MAX_ENDPOINTS).items:
                state = f"{each.state}{f' ({each.reason})' if each.reason else ''}"
                typer.echo(f"{each.id}  {state}  {each.failures} failures  {each.url}")
                typer.echo(f"    {', '.join(each.event_types)}")

    @webhooks.command()
    def create(
        url: str, event: list[OutwardEvent] = typer.Option(..., help="What to tell; give it several times.")
    ) -> None:
        """Tell an address of events from now on; its secret is shown this once."""
        from core.webhooks import endpoints, signing

        types = [each.value for each in event]
        with opened() as database:
            drawn = stop_on_refusal(
                database.writing(lambda session: endpoints.create(session, url=url, event_types=types))
            )
        typer.echo(f"{signing.shown(drawn)}\n(endpoint {drawn.endpoint_id})")

    @webhooks.command()
    def rotate(
        endpoint_id: int, overlap_hours: int = typer.Option(24, help="How long the former secret signs.")
    ) -> None:
        """Draw a new secret for an endpoint; it is shown this once."""
        from core.webhooks import endpoints, signing

        with opened() as database:
            drawn = stop_on_refusal(
                database.writing(lambda session: endpoints.rotate(session, endpoint_id, overlap_hours=overlap_hours))
            )
        typer.echo(signing.shown(drawn))


def _add_running(webhooks: typer.Typer) -> None:
    @webhooks.command()
    def pause(endpoint_id: int) -> None:
        """Send nothing to an endpoint until it is resumed; what happens meanwhile waits."""
        from core.webhooks import endpoints

        with opened() as database:
            stop_on_refusal(database.writing(lambda session: endpoints.pause(session, endpoint_id)))
        typer.echo("The endpoint is paused.")

    @webhooks.command()
    def resume(endpoint_id: int) -> None:
        """Send to an endpoint again."""
        from core.webhooks import endpoints

        with opened() as database:
            stop_on_refusal(database.writing(lambda session: endpoints.resume(session, endpoint_id)))
        typer.echo("The endpoint is active.")

    @webhooks.command()
    def test(endpoint_id: int) -> None:
        """Have a worker send an endpoint a test."""
        from publishing.outward import telling

        with opened() as database:
            stop_on_refusal(database.writing(lambda session: telling.queue_test(session, endpoint_id)))
        typer.echo("A test is queued; a running worker sends it.")

    @webhooks.command()
    def replay(endpoint_id: int, since: datetime, until: datetime) -> None:
        """Send an endpoint what happened between two instants (UTC) again, in steps until all is queued."""
        from core.webhooks.deliveries import ReplayDraft

        draft = ReplayDraft(endpoint_id=endpoint_id, since=since.replace(tzinfo=UTC), until=until.replace(tzinfo=UTC))
        with opened() as database:
            typer.echo(f"{_replayed(database, draft)} events are queued; a running worker sends them.")


def _replayed(database: "Database", draft: "ReplayDraft") -> int:
    from publishing.outward import telling

    done = stop_on_refusal(database.writing(lambda session: telling.replay(session, draft)))
    return done.queued + (_replayed(database, replace(draft, after=done.last)) if done.last is not None else 0)
