"""`fidelio export google-reviews`: the review feed of a storefront into a file. What is in it is publishing's."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer

from cli.database import opened

if TYPE_CHECKING:
    from publishing.feeds import Tally

# below it the Merchant Center takes no product reviews: https://support.google.com/merchants/answer/6098512
_LEAST = 50


def google_reviews(
    storefront: str = typer.Option(..., help="The handle of the storefront whose pages the reviews are about."),
    output: Path | None = typer.Option(None, help="The file to write, replaced when it is whole; else the output."),
) -> None:
    """Write every published review as Google's product-review feed 2.4. It is always a full feed."""
    from publishing import feeds
    from publishing.feeds import Tally
    from shop import storefronts

    tally = Tally()
    with opened() as database, database.reading() as session:
        site = storefronts.by_handle(session, storefront)
        if site is None:
            typer.echo("There is no storefront with this handle.", err=True)
            raise typer.Exit(1)
        with _replacing(output) as file:
            for piece in feeds.google_feed(session, site, tally):
                file.write(piece.encode())
    typer.echo(_told(tally), err=True)


def _told(tally: "Tally") -> str:
    told = f"{tally.written:,} reviews written."
    for reason, number in sorted(tally.left_out.items()):
        told += f" {number:,} left out: {reason.value}."
    return told if tally.written >= _LEAST else f"{told} The Merchant Center asks for {_LEAST} or more."


@contextmanager
def _replacing(path: Path | None) -> Iterator[IO[bytes]]:
    """Standard output, or a file that is the former one until this one is whole."""
    if path is None:
        yield sys.stdout.buffer
        return
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            yield file
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
