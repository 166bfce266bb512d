"""The entry of `fidelio`: finds the command and loads that one alone, so that a start stays fast."""

import importlib
import sys

import typer

from core.settings import MissingSecretError

# command -> the module whose `register(app)` adds it
COMMANDS = {
    "serve": "cli.serve",
    "worker": "cli.work",
    "migrate": "cli.migrate",
    "schema": "cli.schema",
    "demo": "cli.demo",
    "import": "cli.importing",
    "export": "cli.exporting",
    "users": "cli.users",
    "keys": "cli.keys",
    "documents": "cli.documents",
    "jobs": "cli.jobs",
    "webhooks": "cli.webhooks",
    "program": "cli.programs",
    "reconcile": "cli.reconcile",
    "seo": "cli.seo",
}


def main() -> None:
    """Run `fidelio`; without a signing key a command that needs one ends with 1 and says what to set."""
    try:
        build(sys.argv[1] if len(sys.argv) > 1 else "")()
    except MissingSecretError as missing:
        sys.exit(str(missing))


def build(wanted: str) -> typer.Typer:
    """The program with the command of this name alone, or with all when there is none of this name."""
    app = typer.Typer(
        name="fidelio",
        help="Reviews, loyalty and the SEO of both, for shops.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    for module in [COMMANDS[wanted]] if wanted in COMMANDS else dict.fromkeys(COMMANDS.values()):
        importlib.import_module(module).register(app)
    if wanted in COMMANDS:
        # typer drops the name of an only command: this keeps `fidelio serve` and `fidelio seo check` alike
        app.callback()(_keep_names)
    return app


def _keep_names() -> None:
    """Reviews, loyalty and the SEO of both, for shops."""
