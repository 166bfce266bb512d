"""`fidelio schema`: write the API's contract from the code."""

from pathlib import Path

import typer


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command()
    def schema(
        write: Path | None = typer.Option(None, help="The file to write; standard output when left out."),
    ) -> None:
        """Print the GraphQL schema, sorted, or write it to a file."""
        from api.schema import build_schema, sdl

        text = sdl(build_schema())
        if write is None:
            typer.echo(text, nl=False)
        else:
            write.write_text(text)
