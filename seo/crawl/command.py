"""The command `crawl` as it is typed. What it does is crawling.py's."""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Annotated

import typer

from core.fetching import FetchPolicy
from core.texts import say
from seo import cli
from seo.configuration import ConfigOption
from seo.crawl import told_truths
from seo.crawl.crawling import CrawlOptions, TruthOf, run_crawl
from seo.gathering import Reach
from seo.outputs import Outputs, stop
from seo.truth import UnreadableTruthError
from seo.wording import DOMAIN

CrawlTarget = Annotated[
    str, typer.Argument(help="A sitemap's URL or file, a file of addresses, or a folder of saved pages.")
]
BaseUrlOption = Annotated[str, typer.Option(help="The address under which a folder of saved pages was.")]
ConcurrencyOption = Annotated[int, typer.Option(help="Requests at a time to each host.", min=1, max=32)]
DelayOption = Annotated[float, typer.Option(help="Seconds between two requests to a host.", min=0, max=3600)]
MaxPagesOption = Annotated[int, typer.Option(help="At most so many pages in this run; 0 for all.", min=0)]
MaxSecondsOption = Annotated[float, typer.Option(help="Begin no page after so long; 0 for no limit.", min=0)]
ProcessesOption = Annotated[int, typer.Option(help="Processes for saved pages; 0 for one a core.", min=0, max=256)]
SurroundingsOption = Annotated[
    bool, typer.Option("--surroundings", help="Ask for what each page names, too: canonical, languages, pictures.")
]
StateOption = Annotated[Path | None, typer.Option(help="The folder that keeps the crawl; else one in .fidelio.")]
ResumeOption = Annotated[bool, typer.Option("--resume", help="Go on with a crawl that was stopped.")]
FreshOption = Annotated[bool, typer.Option("--fresh", help="Begin anew where a crawl was stopped.")]
RenderOption = Annotated[bool, typer.Option(help="Draw every page in a browser too; slow.")]
Truths = Callable[[], AbstractContextManager[TruthOf]]
DEFAULT = CrawlOptions()


def register(app: typer.Typer, otherwise: Truths) -> None:
    """Add the command; `otherwise` opens what is known of each page when no file of reviews is given."""

    @app.command()
    def crawl(
        target: CrawlTarget,
        base_url: BaseUrlOption = "",
        reviews: Annotated[
            Path | None, typer.Option(help="Published reviews as JSON lines, with a line for each product.")
        ] = None,
        format_: cli.FormatOption = cli.DEFAULT.format,
        output: cli.OutputOption = None,
        fail_on: cli.FailOnOption = cli.DEFAULT.fail_on,
        strict: cli.StrictOption = False,
        baseline: cli.BaselineOption = None,
        update_baseline: cli.UpdateBaselineOption = False,
        lang: cli.LanguageOption = cli.DEFAULT.locale,
        user_agent: cli.UserAgentOption = cli.DEFAULT.user_agent,
        timeout: cli.TimeoutOption = cli.DEFAULT.timeout_seconds,
        concurrency: ConcurrencyOption = DEFAULT.concurrency,
        delay: DelayOption = DEFAULT.delay_seconds,
        max_pages: MaxPagesOption = DEFAULT.max_pages,
        max_seconds: MaxSecondsOption = DEFAULT.max_seconds,
        processes: ProcessesOption = DEFAULT.processes,
        surroundings: SurroundingsOption = False,
        render: RenderOption = False,
        browser: cli.BrowserOption = "",
        state: StateOption = None,
        resume: ResumeOption = False,
        fresh: FreshOption = False,
        config: ConfigOption = None,
    ) -> None:
        """Check every page of a site or a folder. Exit code 0 clean, 1 findings, 2 could not run or was stopped."""
        told = Outputs(format_, tuple(output or ()), lang, fail_on, strict, baseline, update_baseline)
        options = CrawlOptions(
            base_url=base_url,
            concurrency=concurrency,
            delay_seconds=delay,
            max_pages=max_pages,
            max_seconds=max_seconds,
            processes=processes,
            state=state,
            resume=resume,
            fresh=fresh,
            # whoever types a command may look at the shop on their own machine
            policy=FetchPolicy(timeout_seconds=timeout, allow_private=True, user_agent=user_agent),
            reach=Reach(follows_links=surroundings, browser=cli.browser_for(browser, render=render)),
        )
        with otherwise() if reviews is None else nullcontext(truths_in(reviews, locale=lang)) as truth_of:
            raise typer.Exit(run_crawl(target, truth_of=truth_of, options=options, told=told, out=sys.stdout))


def truths_in(path: Path, *, locale: str) -> TruthOf:
    """What a file of reviews tells of each page. Ends the command with 2 and a sentence when it cannot be read."""
    try:
        return told_truths.by_address(path)
    except (OSError, UnreadableTruthError, UnicodeDecodeError) as error:
        stop(say(DOMAIN, "report.not_read", locale, path=str(path), why=str(error)))
        raise
