"""`fidelio serve`: the API and the console with an embedded worker; with --demo also the example storefront."""

import signal
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from cli.demo.keys import DemoShop
    from core.db import Database
    from core.settings import Settings

_HOST = "127.0.0.1"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def serve(
        port: int = typer.Option(8000, min=1, max=65534, help="Where to listen; the demo's storefront takes the next."),
        host: str = typer.Option(_HOST, help="The address to listen on."),
        demo: bool = typer.Option(False, help="Load the demo shop into an empty database and run its storefront."),
        development: bool = typer.Option(False, help="GraphiQL, drawn secrets, readable logs. Never in public."),
        embedded_worker: bool = typer.Option(True, help="React to events in this process."),
    ) -> None:
        """Start the server; the database is migrated first."""
        from cli import ports
        from core import logs, migrate, settings
        from core.db import Database

        # as after Ctrl+C: whatever is open is closed, and the storefront ends with its server
        signal.signal(signal.SIGTERM, lambda *_: sys.exit())
        ports.stop_if_taken(host, [port, port + 1] if demo else [port])
        chosen = settings.configure(**_overrides(port, host, development=development, demo=demo))
        _stop_without_secret(chosen)
        logs.configure(chosen.log_level, readable=development)
        migrate.upgrade(chosen.database_url)
        database = Database.open(chosen.database_url)
        shop = _demo_shop(database, chosen, port) if demo else None
        _run(database, chosen, shop, host=host, port=port, embedded_worker=embedded_worker)


def _overrides(port: int, host: str, *, development: bool, demo: bool) -> dict[str, object]:
    changes: dict[str, object] = {"public_url": f"http://{host}:{port}"}
    if development:
        changes["development"] = True
    if demo:
        # the demo's storefront is on loopback: server-side checks of its pages must be able to reach it
        changes["private_hosts"] = f"{_HOST}:{port + 1},localhost:{port + 1}"
    return changes


def _stop_without_secret(chosen: "Settings") -> None:
    try:
        chosen.secret()
    except RuntimeError as problem:
        # now, and not at the first upload that has to be signed
        typer.echo(str(problem), err=True)
        raise typer.Exit(1) from None


def _demo_shop(database: "Database", chosen: "Settings", port: int) -> "DemoShop":
    from cli import demo

    return demo.load_once(database, chosen.state_directory, storefront_url=f"http://{_HOST}:{port + 1}")


def _run(
    database: "Database",
    chosen: "Settings",
    shop: "DemoShop | None",
    *,
    host: str,
    port: int,
    embedded_worker: bool,
) -> None:
    from cli.storefront import running

    # first the storefront: it loads beside the server, on another core
    with running(shop, port):
        from cli import wire
        from cli.announcement import Announcing, announcement

        app = _app(database, chosen, embedded_worker=embedded_worker)
        config = wire.config(app, host=host, port=port)
        text = partial(announcement, f"http://{host}:{port}", shop, port=port, development=chosen.development)
        try:
            Announcing(config, text, before_stop=app.state.feed.stop).run()
        except KeyboardInterrupt:
            typer.echo("")
    database.close()


def _app(database: "Database", chosen: "Settings", *, embedded_worker: bool) -> Any:  # noqa: ANN401 - starlette's, which is the api's to name
    from api.app import create_app
    from worker.night import Night
    from worker.reactions import REACTIONS
    from worker.runner import embedded
    from worker.schedule import NIGHTLY

    work = embedded(REACTIONS, Night(NIGHTLY))
    # jobs take the time they need; a request is given up first, and then the database is told
    served = database.reading_within(chosen.request_seconds + 1)
    return create_app(served, chosen, companion=(lambda _served: work(database)) if embedded_worker else None)
