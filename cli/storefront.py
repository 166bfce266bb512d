"""Runs the example storefront beside the demo server, as a process of its own: it is a stranger to this code."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.demo.keys import DemoShop

_ROOT = Path(__file__).resolve().parent.parent
_PATIENCE_SECONDS = 5


@contextmanager
def running(shop: "DemoShop | None", port: int) -> Iterator[None]:
    """The storefront on `port` + 1 while the block runs; nothing when there is no demo shop."""
    if shop is None:
        yield
        return
    child = subprocess.Popen(_command(shop, port), cwd=_ROOT)
    try:
        yield
    finally:
        _end(child)


def _command(shop: "DemoShop", port: int) -> list[str]:
    command = [sys.executable, "-m", "examples.storefront"]
    command += ["--api", f"http://127.0.0.1:{port}/graphql", "--port", str(port + 1)]
    for handle, key in shop.publishable_keys.items():
        command += ["--storefront", f"{handle}={key}"]
    for handle, shopper in shop.shoppers.items():
        command += ["--customer-secret", f"{handle}={shopper.secret}"]
    return command


def _end(child: "subprocess.Popen[bytes]") -> None:
    child.terminate()
    try:
        child.wait(timeout=_PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
