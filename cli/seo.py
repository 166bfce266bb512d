"""`fidelio seo`: the checker's own commands, with the truth taken from the database."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from seo.cli import DEFAULT, CheckOptions, Format, explain, rules, run_check
from seo.findings import Severity
from seo.truth import Truth


def register(app: typer.Typer) -> None:
    """Add the commands; `rules` and `explain` are the checker's as they are."""
    seo = typer.Typer(help="Check what search engines can read of a product page.", no_args_is_help=True)
    app.add_typer(seo, name="seo")
    seo.command()(check)
    seo.command()(rules)
    seo.command()(explain)


def check(  # noqa: PLR0917 - typer reads options from the parameters
    target: Annotated[str, typer.Argument(help="A URL, a saved file, or - for standard input.")],
    product: Annotated[
        str, typer.Option(help="The product's handle; else found by the storefronts' URL patterns.")
    ] = "",
    base_url: Annotated[str, typer.Option(help="The address a saved file was saved from.")] = "",
    reviews: Annotated[
        Path | None, typer.Option(help="Published reviews as JSON lines, in place of the database.")
    ] = None,
    format: Annotated[Format, typer.Option(help="How the report is written.")] = Format.TEXT,  # noqa: A002
    fail_on: Annotated[Severity, typer.Option(help="The least severity that fails the check.")] = DEFAULT.fail_on,
    strict: Annotated[bool, typer.Option(help="Fail when a rule could not be evaluated.")] = False,
    lang: Annotated[str, typer.Option(help="The report's language: en or fr.")] = DEFAULT.locale,
    user_agent: Annotated[str, typer.Option(help="The name the checker gives itself.")] = DEFAULT.user_agent,
    timeout: Annotated[float, typer.Option(min=1, max=120, help="Seconds for each fetch.")] = DEFAULT.timeout_seconds,
) -> None:
    """Check a product page against the published reviews. Exit code 0 clean, 1 findings, 2 could not run."""
    options = CheckOptions(
        base_url=base_url,
        format=format,
        fail_on=fail_on,
        strict=strict,
        locale=lang,
        user_agent=user_agent,
        timeout_seconds=timeout,
    )
    raise typer.Exit(
        run_check(target, truth=_truth(base_url or target, product, reviews), options=options, out=sys.stdout)
    )


def _truth(address: str, product: str, reviews: Path | None) -> Truth | None:
    if reviews is not None:
        from seo.truth import from_jsonl

        with reviews.open() as lines:
            return from_jsonl(lines, product=product)
    from cli.database import is_there, opened
    from publishing import truth

    if not is_there():
        return None

    with opened() as database, database.reading() as session:
        return truth.of_product(session, product) if product else truth.of_page(session, address)
