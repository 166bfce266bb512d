"""`fidelio keys storefronts` and the rotations: keys and secrets of storefronts. Service keys are cli.keys'."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import typer

from cli.database import opened, stop_on_refusal

if TYPE_CHECKING:
    from core.refusal import Refusal

OVERLAP = typer.Option(24, min=0, max=168, help="Hours for which the former one stays good; 0: refused at once.")


def register(keys: typer.Typer) -> None:
    """Add the commands."""

    @keys.command()
    def storefronts() -> None:
        """The storefronts with their publishable keys."""
        from shop import storefronts as room

        with opened() as database, database.reading() as session:
            for row in room.everyone(session):
                former = f"  (former one until {row.former_key_until:%Y-%m-%d %H:%M})" if row.former_key_until else ""
                typer.echo(f"{row.handle}  {row.publishable_key}{former}")

    @keys.command()
    def rotate_key(handle: str, overlap_hours: int = OVERLAP) -> None:
        """Draw a new publishable key for a storefront."""
        from shop import rotation

        typer.echo(_rotated(handle, overlap_hours, rotation.rotate_key))

    @keys.command()
    def rotate_secret(handle: str, overlap_hours: int = OVERLAP) -> None:
        """Draw a new secret for a storefront's customer tokens; it is shown this once."""
        from shop import rotation

        typer.echo(_rotated(handle, overlap_hours, rotation.rotate_secret))


def _rotated(handle: str, overlap_hours: int, rotate: Callable[..., "str | Refusal"]) -> str:
    from shop import storefronts

    def act(session: object) -> "str | Refusal":
        found = storefronts.by_handle(session, handle)  # type: ignore[arg-type]
        return rotate(session, found.id if found is not None else 0, overlap_hours=overlap_hours)

    with opened() as database:
        return stop_on_refusal(database.writing(act))
