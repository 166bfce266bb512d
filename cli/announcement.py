"""What `fidelio serve` prints once the server answers: the addresses that work, and the demo's keys."""

import socket
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import typer
import uvicorn

if TYPE_CHECKING:
    from cli.demo.keys import DemoShop


class Announcing(uvicorn.Server):
    """A server that says where it is when it is there, and that it stops before it does: `before_stop` ends streams."""

    def __init__(self, config: uvicorn.Config, text: Callable[[], str], *, before_stop: Callable[[], None]) -> None:
        super().__init__(config)
        self._text = text
        self._before_stop = before_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Listen, then announce beside the first requests: signing the demo's tokens takes a moment."""
        await super().startup(sockets)
        if self.started:
            threading.Thread(target=lambda: typer.echo(self._text()), daemon=True).start()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop; what is being answered is waited for."""
        self._before_stop()
        await super().shutdown(sockets)


def announcement(address: str, shop: "DemoShop | None", *, port: int, development: bool) -> str:
    """The lines to print."""
    key = next(iter(shop.publishable_keys.values())) if shop else None
    lines = ["", "Fidelio is ready. Stop it with Ctrl+C.", ""]
    if development:
        lines.append(_row("GraphiQL", f"{address}/graphql" + (f"?key={key}" if key else "")))
    else:
        lines.append(_row("API", f"{address}/graphql"))
    lines.append(_row("Console", f"{address}/console"))
    if shop:
        lines += [_row("", f"{login.role.lower()}: {login.email}  {login.password}") for login in shop.staff]
        lines.append(_row("Storefront", f"http://127.0.0.1:{port + 1}/"))
    lines += [_row("Health", f"{address}/healthz"), _row("Contract", f"{address}/schema.graphql"), ""]
    return "\n".join([*lines, *(_keys(shop) if shop else [])])


def _keys(shop: "DemoShop") -> list[str]:
    return [
        "Demo keys, drawn at the first start (print them again: .venv/bin/fidelio demo keys):",
        *(_row(f"storefront {handle}", key) for handle, key in shop.publishable_keys.items()),
        _row("service key", shop.service_key),
        *(_row(f"customer {handle}", token) for handle, token in shop.customer_tokens().items()),
        "",
    ]


def _row(name: str, value: str) -> str:
    return f"  {name:<14} {value}"
