"""`fidelio seo`: the checker's own commands, with the truth taken from the database or from a running API."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from core.fetching import FetchPolicy
from core.texts import say
from seo import cli as checker
from seo.cli import DEFAULT, CheckOptions
from seo.configuration import ConfigOption
from seo.crawl import command as crawl_command
from seo.crawl.crawling import TruthOf
from seo.outputs import COULD_NOT_RUN
from seo.truth import Truth
from seo.wording import DOMAIN


class TruthFrom(StrEnum):
    """Where a check's truth is taken from, when no file has it."""

    DATABASE = "database"
    API = "api"


def register(app: typer.Typer) -> None:
    """Add the commands; `rules` and `explain` are the checker's as they are."""
    seo = typer.Typer(help="Check what search engines can read of a product page.", no_args_is_help=True)
    app.add_typer(seo, name="seo")
    seo.command()(check)
    seo.command("install-browser")(checker.install_browser)
    crawl_command.register(seo, _kept_truths)
    seo.command()(checker.rules)
    seo.command()(checker.explain)


def check(  # noqa: PLR0917 - typer reads options from the parameters
    target: checker.TargetArgument,
    product: Annotated[
        str, typer.Option(help="The product's handle; else found by the storefronts' URL patterns.")
    ] = "",
    base_url: checker.BaseUrlOption = "",
    reviews: Annotated[
        Path | None, typer.Option(help="Published reviews as JSON lines, in place of the database.")
    ] = None,
    format_: checker.FormatOption = DEFAULT.format,
    fail_on: checker.FailOnOption = DEFAULT.fail_on,
    strict: checker.StrictOption = DEFAULT.strict,
    lang: checker.LanguageOption = DEFAULT.locale,
    user_agent: checker.UserAgentOption = DEFAULT.user_agent,
    timeout: checker.TimeoutOption = DEFAULT.timeout_seconds,
    feed: checker.FeedOption = None,
    in_other_names: checker.OtherNamesOption = DEFAULT.in_other_names,
    render: checker.RenderOption = True,
    browser: checker.BrowserOption = DEFAULT.browser,
    verbose: checker.VerboseOption = False,
    output: checker.OutputOption = None,
    baseline: checker.BaselineOption = None,
    update_baseline: checker.UpdateBaselineOption = False,
    config: ConfigOption = None,
    truth_from: Annotated[TruthFrom, typer.Option("--truth", help="Where the published reviews are taken from.")] = (
        TruthFrom.DATABASE
    ),
    api_url: Annotated[str, typer.Option(help="The GraphQL address, for --truth api.")] = "",
    key: Annotated[str, typer.Option(help="A storefront's publishable key, for --truth api.")] = "",
) -> None:
    """Check a product page against the published reviews. Exit code 0 clean, 1 findings, 2 could not run."""
    options = CheckOptions(
        base_url,
        format_,
        fail_on,
        strict,
        lang,
        user_agent,
        timeout,
        feed,
        in_other_names,
        render,
        browser,
        verbose=verbose,
        outputs=tuple(output or ()),
        baseline=baseline,
        update_baseline=update_baseline,
    )
    if reviews is not None:
        truth: Truth | None = checker.told_truth(reviews, product=product, locale=lang)
    elif truth_from is TruthFrom.API:
        truth = _api_truth(base_url or target, product=product, locale=lang, api_url=api_url, key=key)
    else:
        truth = _kept_truth(base_url or target, product=product, locale=lang)
    raise typer.Exit(checker.run_check(target, truth=truth, options=options, out=sys.stdout))


def _api_truth(address: str, *, product: str, locale: str, api_url: str, key: str) -> Truth | None:
    """The API's truth of the page; None when it is no product's. Ends with 2 when the API does not tell."""
    from cli import api_truth

    # whoever types a command may ask a server on their own machine
    api = api_truth.Api(api_url, key, FetchPolicy(allow_private=True, timeout_seconds=30.0))
    handle = product or api_truth.handle_of(api, address)
    told = api_truth.of_product(api, handle=handle) if isinstance(handle, str) else handle
    if isinstance(told, api_truth.NotTold):
        typer.echo(say(DOMAIN, "report.api_not_told", locale, url=api_url, why=told.why), err=True)
        raise typer.Exit(COULD_NOT_RUN)
    if product and told is None:
        typer.echo(say(DOMAIN, "report.no_such_product", locale, product=product), err=True)
        raise typer.Exit(COULD_NOT_RUN)
    return told


@contextmanager
def _kept_truths() -> Iterator[TruthOf]:
    """What finds each page's truth in the database, which is opened once for a whole crawl."""
    from cli.database import is_there, opened
    from publishing import truth

    if not is_there():
        yield lambda _: None
        return
    with opened() as database:

        def of_page(address: str) -> Truth | None:
            with database.reading() as session:
                return truth.of_page(session, address)

        yield of_page


def _kept_truth(address: str, *, product: str, locale: str) -> Truth | None:
    """The database's truth of the page; None when it is nobody's. A product asked for by name has to be there."""
    from cli.database import is_there, opened
    from publishing import truth

    found = None
    if is_there():
        with opened() as database, database.reading() as session:
            found = truth.of_product(session, product) if product else truth.of_page(session, address)
    if product and found is None:
        typer.echo(say(DOMAIN, "report.no_such_product", locale, product=product), err=True)
        raise typer.Exit(COULD_NOT_RUN)
    return found
