"""Runs the example storefront beside the demo server, as a process of its own: it is a stranger to this code."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cli.demo.keys import DemoShop


@contextmanager
def running(shop: "DemoShop | None", port: int) -> Iterator[None]:
    """The storefront on `port` + 1 while the block runs; nothing when there is no demo shop."""
    if shop is None:
        yield
        return
    keys = [
        argument for handle, key in shop.publishable_keys.items() for argument in ("--storefront", f"{handle}={key}")
    ]
    child = subprocess.Popen(
        [sys.executable, "-m", "examples.storefront", "--api", f"http://127.0.0.1:{port}/graphql",
         "--port", str(port + 1), *keys]
    )  # fmt: skip
    try:
        yield
    finally:
        child.terminate()
        child.wait(timeout=5)
