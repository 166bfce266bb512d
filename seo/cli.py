"""The commands `check`, `rules` and `explain`, and `run_check`, which the project's own command calls with its
truth.
"""

import json
import sys
from contextlib import nullcontext
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from core import clock
from core.fetching import USER_AGENT, FetchFailure, FetchPolicy
from core.texts import say
from seo import browsers, feeds, outputs, rule_pages
from seo import truth as truths
from seo.configuration import ConfigOption
from seo.drawing import Browser
from seo.feeds import Feed
from seo.fetcher import PAGE_BYTES
from seo.findings import Reason, Severity
from seo.gathering import Reach, gather, gather_saved
from seo.outputs import COULD_NOT_RUN, Outputs
from seo.reported import reported
from seo.reporters import Report, Survey, as_json, as_text
from seo.reporters.writing import Format, pieces
from seo.rules import BY_CODE, RULES
from seo.subject import Subject
from seo.truth import Truth, UnreadableTruthError
from seo.wording import DOMAIN, rule_text

_CHUNK_BYTES = 1_000_000

app = typer.Typer(help="Check what search engines can read of a product page.", no_args_is_help=True)

TargetArgument = Annotated[str, typer.Argument(help="A URL, a saved HTML file, or - for standard input.")]
BaseUrlOption = Annotated[str, typer.Option(help="The address that a saved file was saved from.")]
FailOnOption = Annotated[Severity, typer.Option(help="The least severity that ends with 1.")]
StrictOption = Annotated[bool, typer.Option("--strict", help="End with 1 when anything could not be told.")]
LanguageOption = Annotated[str, typer.Option(help="The report's language: en or fr.")]
UserAgentOption = Annotated[str, typer.Option(help="How the check calls itself.")]
FeedOption = Annotated[Path | None, typer.Option(help="The shop's product-review feed, as a file.")]
OtherNamesOption = Annotated[
    bool, typer.Option("--in-other-names", help="On your own site: ask for the page as Google and Facebook do, too.")
]
RenderOption = Annotated[bool, typer.Option(help="Draw the page in a browser too, where there is one.")]
BrowserOption = Annotated[str, typer.Option(help="The Chromium to draw with; else the usual names are tried.")]
VerboseOption = Annotated[bool, typer.Option("--verbose", help="Tell each review: its class, whether and why.")]
TimeoutOption = Annotated[float, typer.Option(help="Seconds for each fetch.", min=0.1, max=120.0)]


FormatOption = Annotated[Format, typer.Option("--format", help="How the report is written.")]
OutputOption = Annotated[
    list[Path] | None,
    typer.Option("--output", help="Write a file too: .html, .json, .sarif, .xml (JUnit) or .txt. May be repeated."),
]
BaselineOption = Annotated[Path | None, typer.Option(help="Faults that are known; they do not fail the check.")]
UpdateBaselineOption = Annotated[
    bool, typer.Option("--update-baseline", help="Write the faults found into the baseline.")
]


class ListFormat(StrEnum):
    """How the list of rules is written."""

    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How a check is made and told. `base_url` is a saved file's address, `feed` the shop's review feed as a file."""

    base_url: str = ""
    format: Format = Format.TEXT
    fail_on: Severity = Severity.ERROR
    strict: bool = False
    locale: str = "en"
    user_agent: str = USER_AGENT
    timeout_seconds: float = 10.0
    feed: Path | None = None
    in_other_names: bool = False
    render: bool = False
    browser: str = ""
    verbose: bool = False
    outputs: tuple[Path, ...] = ()
    baseline: Path | None = None
    update_baseline: bool = False

    @property
    def told(self) -> Outputs:
        """How the check is told and judged."""
        return Outputs(
            self.format, self.outputs, self.locale, self.fail_on, self.strict, self.baseline, self.update_baseline
        )


DEFAULT = CheckOptions()


def run_check(target: str, *, truth: Truth | None, options: CheckOptions = DEFAULT, out: TextIO) -> int:
    """Check a URL, a saved file, or `-` for standard input; write the report to `out`.

    Gives the exit code: 0 clean, 1 findings at or above `fail_on`, 2 could not run or a rule crashed.
    """
    outputs.checked(options.told)
    baseline = outputs.opened_baseline(options.told)
    report = baseline.applied(_report(target, truth=truth, options=options))
    survey = Survey((report,), resolved=baseline.resolved)
    if options.format is Format.JSON:
        out.write(as_json.render(report, locale=options.locale))
    elif options.format is Format.TEXT:
        told = as_text.render(report, locale=options.locale, colour=out.isatty(), verbose=options.verbose)
        out.write(told)
        if baseline.resolved:
            out.write(f"{say(DOMAIN, 'total.resolved', options.locale)}: {baseline.resolved}\n")
    else:
        out.writelines(pieces(survey, options.format, locale=options.locale))
    outputs.write_files(survey, options.told)
    return outputs.settled([report], baseline, options.told)


def _report(target: str, *, truth: Truth | None, options: CheckOptions) -> Report:
    gathered = _gather(target, truth=truth, options=options)
    if isinstance(gathered, str):
        return Report(target, "", (), (), clock.iso(clock.now()), failure=gathered)
    if options.feed is not None:
        gathered = replace(gathered, feed=_told_feed(options.feed, gathered))
    return reported(target, gathered, with_excerpts=options.told.wants_excerpts)


def _told_feed(path: Path, subject: Subject) -> Feed:
    """What the feed says of this page. A file that cannot be read ends the command, as with reviews."""
    try:
        with path.open("rb") as file:
            addresses = [subject.page.url, subject.truth.url if subject.truth else ""]
            return feeds.read(iter(lambda: file.read(_CHUNK_BYTES), b""), url=str(path), pages=addresses)
    except OSError as error:
        typer.echo(say(DOMAIN, "report.not_read", "en", path=str(path), why=error.strerror or ""), err=True)
        raise typer.Exit(COULD_NOT_RUN) from error


def _gather(target: str, *, truth: Truth | None, options: CheckOptions) -> Subject | str:
    """What the rules look at, or the sentence that says why there is nothing."""
    if target.startswith(("http://", "https://")):
        # whoever types a command may look at the shop on their own machine
        policy = FetchPolicy(timeout_seconds=options.timeout_seconds, allow_private=True, user_agent=options.user_agent)
        reach = Reach(
            in_other_names=options.in_other_names, browser=browser_for(options.browser, render=options.render)
        )
        gathered = gather(target, truth=truth, policy=policy, reach=reach)
        if isinstance(gathered, FetchFailure):
            why = say(DOMAIN, f"failure.{gathered.kind.value}", options.locale)
            return say(DOMAIN, "report.not_fetched", options.locale, url=as_text.printable(gathered.url), why=why)
        return gathered
    try:
        with nullcontext(sys.stdin.buffer) if target == "-" else Path(target).open("rb") as file:
            raw = file.read(PAGE_BYTES + 1)
    except OSError as error:
        return say(DOMAIN, "report.not_read", options.locale, path=target, why=error.strerror or "")
    return gather_saved(raw, url=options.base_url, truth=truth)


def browser_for(name: str, *, render: bool) -> Browser | Reason:
    """What pages are drawn with; a reason when they are not."""
    if not render:
        return Reason.NOT_RENDERED
    means = browsers.found(name)
    return Browser(means.browser) if means.is_enough and means.browser else Reason.NO_BROWSER


@app.command()
def check(
    target: TargetArgument,
    base_url: BaseUrlOption = "",
    reviews: Annotated[Path | None, typer.Option(help="Published reviews as JSON lines.")] = None,
    product: Annotated[str, typer.Option(help="The page's product, when the reviews are of several.")] = "",
    format_: FormatOption = DEFAULT.format,
    fail_on: FailOnOption = DEFAULT.fail_on,
    strict: StrictOption = DEFAULT.strict,
    lang: LanguageOption = DEFAULT.locale,
    user_agent: UserAgentOption = DEFAULT.user_agent,
    timeout: TimeoutOption = DEFAULT.timeout_seconds,
    feed: FeedOption = None,
    in_other_names: OtherNamesOption = DEFAULT.in_other_names,
    render: RenderOption = True,
    browser: BrowserOption = DEFAULT.browser,
    verbose: VerboseOption = False,
    output: OutputOption = None,
    baseline: BaselineOption = None,
    update_baseline: UpdateBaselineOption = False,
    config: ConfigOption = None,
) -> None:
    """Check one page."""
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
    truth = None if reviews is None else told_truth(reviews, product=product, locale=lang)
    raise typer.Exit(run_check(target, truth=truth, options=options, out=sys.stdout))


def told_truth(path: Path, *, product: str, locale: str) -> Truth:
    """The truth that a file of JSON lines tells. Ends the command with 2 and a sentence when it cannot be read."""
    try:
        with path.open(encoding="utf-8") as lines:
            return truths.from_jsonl(lines, product=product)
    except (OSError, UnreadableTruthError, UnicodeDecodeError) as error:
        typer.echo(say(DOMAIN, "report.not_read", locale, path=str(path), why=str(error)), err=True)
        raise typer.Exit(COULD_NOT_RUN) from error


@app.command("install-browser")
def install_browser(browser: BrowserOption = DEFAULT.browser, lang: LanguageOption = DEFAULT.locale) -> None:
    """Say whether pages can be drawn here, and if not what to type. Ends with 1 when something is missing."""
    means = browsers.found(browser)
    if means.is_enough:
        typer.echo(say(DOMAIN, "browser.ready", lang, path=means.browser or ""))
        return
    typer.echo(say(DOMAIN, "browser.missing", lang))
    for command in browsers.commands(means, system=browsers.system_id()):
        typer.echo(f"    {command}")
    raise typer.Exit(1)


@app.command()
def rules(
    format_: Annotated[ListFormat, typer.Option("--format", help="How the list is written.")] = ListFormat.TEXT,
    lang: LanguageOption = DEFAULT.locale,
    write: Annotated[Path | None, typer.Option(help="Write a page for each rule into this folder instead.")] = None,
) -> None:
    """List all rules."""
    if write is not None:
        rule_pages.write(write)
        return
    texts = [(rule, rule_text(rule.code, locale=lang)) for rule in RULES]
    if format_ is ListFormat.JSON:
        listed = [
            {
                "code": rule.code,
                "id": rule.id,
                "severity": rule.severity.value,
                "title": text.title_fail,
                "titlePass": text.title_pass,
                "why": text.why,
                "example": text.example,
                "remedy": text.remedy,
                "source": text.source,
            }
            for rule, text in texts
        ]
        typer.echo(json.dumps(listed, ensure_ascii=False, indent=2))
        return
    for rule, text in texts:
        typer.echo(f"{rule.code}  {rule.severity:<8} {rule.id:<28} {text.title_fail}")


@app.command()
def explain(
    code: Annotated[str, typer.Argument(help="A rule's code or id, such as REV-01.")],
    lang: LanguageOption = DEFAULT.locale,
) -> None:
    """Explain one rule: what fails, why it matters, what to do."""
    rule = BY_CODE.get(code.upper()) or next((rule for rule in RULES if rule.id == code.lower()), None)
    if rule is None:
        typer.echo(say(DOMAIN, "report.no_such_rule", lang, code=as_text.printable(code)), err=True)
        raise typer.Exit(COULD_NOT_RUN)
    text = rule_text(rule.code, locale=lang)
    severity = say(DOMAIN, f"severity.{rule.severity.value}", lang)
    typer.echo(f"{rule.code} {rule.id} ({severity})\n\n{text.title_fail}\n")
    for key, words in (("why", text.why), ("example", text.example), ("remedy", text.remedy), ("source", text.source)):
        typer.echo(f"{say(DOMAIN, f'report.{key}', lang)} {words}")
