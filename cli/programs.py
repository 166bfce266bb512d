"""`fidelio program`: programs from presets, for operators. Everything else about programs is the API's."""

from typing import TYPE_CHECKING

import typer

from cli.database import opened, stop_on_refusal
from cli.enrolling import enrol
from core import texts

if TYPE_CHECKING:
    from loyalty.presets import Preset


def register(app: typer.Typer) -> None:
    """Add the commands."""
    program = typer.Typer(help="Loyalty programs.", no_args_is_help=True)
    app.add_typer(program, name="program")

    program.command("enrol")(enrol)

    @program.command("presets")
    def list_presets() -> None:
        """Every preset: its key, its mechanics, whose it is modelled on, and what is illustrative."""
        from core.settings import settings
        from loyalty import presets

        locale = settings().command_locale
        for each in presets.presets():
            typer.echo(f"{each.key}: {presets.said(each.title, locale)}")
            typer.echo(f"    {presets.said(each.mechanics, locale)}")
            typer.echo(f"    {_provenance(each, locale)}")

    @program.command()
    def create(
        *,
        preset: str = typer.Option(..., help="Its key; `fidelio program presets` lists them."),
        handle: str = typer.Option(None, help="The program's name in addresses; the preset's own when left out."),
        name: str = typer.Option(None, help="The program's name for people."),
        currency: str = typer.Option(None, help="The currency of its amounts, by its ISO 4217 code."),
        zone: str = typer.Option(None, help="The IANA time zone of its days."),
        terms_version: str = typer.Option(None, help="The version of the terms that joining agrees to."),
    ) -> None:
        """Create a running program from a preset."""
        from loyalty import presets, programs

        own = {"handle": handle, "name": name, "currency": currency, "zone": zone, "terms_version": terms_version}
        draft = stop_on_refusal(presets.draft(preset, own))
        with opened() as database:
            stop_on_refusal(database.writing(lambda session: programs.create(session, draft)))
        typer.echo(f"The program {draft.handle} is running.")


def _provenance(preset: "Preset", locale: str) -> str:
    if preset.as_published is None:
        return texts.say("loyalty", "preset.told", locale, name=preset.modelled_on)
    return texts.say("loyalty", "preset.modelled", locale, name=preset.modelled_on, date=preset.as_published)
