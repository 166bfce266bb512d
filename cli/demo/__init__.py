"""`fidelio demo`: the demo shop, loaded once into an empty database, and its keys. Its records are examples/seed."""

from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from cli.demo.keys import DemoShop
    from core.db import Database

__all__ = ["load_once", "register"]

_STOREFRONT_URL = "http://127.0.0.1:8001"


def load_once(database: "Database", state_directory: Path, *, storefront_url: str) -> "DemoShop":
    """See cli.demo.loading; imported here so that `fidelio demo --help` need not load the rooms."""
    from cli.demo import loading

    return loading.load_once(database, state_directory, storefront_url=storefront_url)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    demo = typer.Typer(help="The demo shop.", no_args_is_help=True)
    app.add_typer(demo, name="demo")

    @demo.command()
    def load(storefront_url: str = typer.Option(_STOREFRONT_URL, help="Where its storefront will be served.")) -> None:
        """Load the demo shop into an empty database; nothing happens where it is loaded already."""
        from cli.database import opened
        from core.settings import settings

        with opened() as database:
            load_once(database, settings().state_directory, storefront_url=storefront_url)
        typer.echo("The demo shop is loaded.")

    @demo.command()
    def keys(
        storefront: str = typer.Option("", help="Print this storefront's publishable key and nothing else: fr or us."),
    ) -> None:
        """Print the demo's keys and passwords, and customer tokens minted now, as JSON."""
        import json
        from dataclasses import asdict

        from cli.database import opened
        from cli.demo import loading
        from core.settings import settings

        with opened() as database:
            shop = loading.ways_in(database, settings().state_directory)
        if storefront:
            typer.echo(shop.publishable_keys[storefront])
            return
        told = {
            "publishable_keys": dict(shop.publishable_keys),
            "service_key": shop.service_key,
            "customer_tokens": shop.customer_tokens(),
            "staff": [asdict(login) for login in shop.staff],
        }
        typer.echo(json.dumps(told, indent=2))
