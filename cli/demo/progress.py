"""How far the loading has come, for a person who waits: a bar on a terminal, a line otherwise."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer


@contextmanager
def shown(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Show `what` while the block runs; it calls what it is given after each of `total` steps."""
    if not sys.stderr.isatty():
        typer.echo(f"{what} ...", err=True)
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
