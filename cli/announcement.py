"""What `fidelio serve` prints once the server answers: the addresses that work, and the demo's keys."""

import socket
from typing import TYPE_CHECKING

import typer
import uvicorn

if TYPE_CHECKING:
    from cli.demo.keys import DemoShop


class Announcing(uvicorn.Server):
    """A server that says where it is when it is there."""

    def __init__(self, config: uvicorn.Config, shop: "DemoShop | None") -> None:
        super().__init__(config)
        self._shop = shop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then announce."""
        await super().startup(sockets)
        if self.started:
            typer.echo(announcement(f"http://{self.config.host}:{self.config.port}", self._shop, self.config.port))


def announcement(address: str, shop: "DemoShop | None", port: int) -> str:
    """The lines to print."""
    lines = ["", "Fidelio is ready. Stop it with Ctrl+C.", ""]
    if shop is None:
        return "\n".join([*lines, _row("API", f"{address}/graphql"), _row("Console", f"{address}/console"),
                          _row("Health", f"{address}/healthz"), ""])  # fmt: skip
    first_key = next(iter(shop.publishable_keys.values()))
    lines += [
        _row("GraphiQL", f"{address}/graphql?key={first_key}"),
        _row("Console", f"{address}/console"),
        *(_row("", f"{person.role.lower()}: {person.email}  {person.password}") for person in shop.staff),
        _row("Storefront", f"http://127.0.0.1:{port + 1}/"),
        _row("Health", f"{address}/healthz"),
        _row("Contract", f"{address}/schema.graphql"),
        "",
        "Demo keys, drawn at the first start:",
        *(_row(handle, key) for handle, key in shop.publishable_keys.items()),
        _row("service key", shop.service_key),
        *(_row(f"customer ({handle})", token) for handle, token in shop.customer_tokens().items()),
        "",
    ]
    return "\n".join(lines)


def _row(name: str, value: str) -> str:
    return f"  {name:<14} {value}"
