"""Where reports go: standard output in one format, files in the format of their name; and the code a run ends with.
What is written is reporters/.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import typer

from core.texts import say
from seo import baseline as baselines
from seo.baseline import Baseline, UnreadableBaselineError
from seo.findings import Severity
from seo.reporters import Report, Survey
from seo.reporters.writing import Format, format_of, pieces
from seo.runner import exit_code
from seo.wording import DOMAIN

COULD_NOT_RUN = 2


@dataclass(frozen=True, slots=True)
class Outputs:
    """How a run is told and judged. With `update_baseline` the faults found become the known ones, and fail nothing."""

    format: Format = Format.TEXT
    files: tuple[Path, ...] = ()
    locale: str = "en"
    fail_on: Severity = Severity.ERROR
    strict: bool = False
    baseline: Path | None = None
    update_baseline: bool = False

    @property
    def wants_excerpts(self) -> bool:
        """Whether anything that is written quotes the page's source."""
        return Format.HTML in (self.format, *map(format_of, self.files))


def opened_baseline(outputs: Outputs) -> Baseline:
    """The known faults; none without a file. Ends the command with 2 for a file that is not to be read.

    A baseline that is being made need not be there yet.
    """
    if outputs.baseline is None:
        if outputs.update_baseline:
            stop(say(DOMAIN, "report.no_baseline", outputs.locale))
        return Baseline()
    try:
        return baselines.read(outputs.baseline)
    except FileNotFoundError as error:
        if outputs.update_baseline:
            return Baseline()
        why = error.strerror or ""
    except (OSError, UnreadableBaselineError) as error:
        why = str(error)
    stop(say(DOMAIN, "report.not_read", outputs.locale, path=str(outputs.baseline), why=why))
    return Baseline()


def checked(outputs: Outputs) -> None:
    """Ends the command with 2 when a file's name asks for no format, before anything is fetched."""
    for path in outputs.files:
        if format_of(path) is None:
            stop(say(DOMAIN, "report.no_output_format", outputs.locale, path=str(path)))


def write_files(survey: Survey, outputs: Outputs) -> None:
    """Every file, each whole or not at all. Ends the command with 2 when one cannot be written."""
    for path in outputs.files:
        format_ = format_of(path)
        if format_ is not None:
            _write(path, pieces(survey, format_, locale=outputs.locale), locale=outputs.locale)


def write_survey(survey: Survey, outputs: Outputs, out: TextIO) -> None:
    """Many pages: to `out`, and to every file."""
    out.writelines(pieces(survey, outputs.format, locale=outputs.locale))
    write_files(survey, outputs)


def settled(reports: Iterable[Report], baseline: Baseline, outputs: Outputs) -> int:
    """What the run ends with, the worst of its pages; writes the baseline when that was asked for.

    A page that could not be looked at is 2; one that was left alone as robots.txt asks is 1 under `strict`.
    """
    code = max((page_code(report, outputs) for report in reports), default=0)
    if outputs.update_baseline and outputs.baseline is not None:
        try:
            baselines.write(outputs.baseline, baseline)
        except OSError as error:
            stop(
                say(DOMAIN, "report.not_written", outputs.locale, path=str(outputs.baseline), why=error.strerror or "")
            )
    return code


def page_code(report: Report, outputs: Outputs) -> int:
    """What this page alone would end a run with."""
    if report.failure:
        return int(outputs.strict) if report.skipped else COULD_NOT_RUN
    code = exit_code(report.findings, fail_on=outputs.fail_on, strict=outputs.strict, known=report.known)
    return 0 if outputs.update_baseline and code == 1 else code


def stop(sentence: str) -> None:
    """End the command with 2 and a sentence."""
    typer.echo(sentence, err=True)
    raise typer.Exit(COULD_NOT_RUN)


def _write(path: Path, text: Iterable[str], *, locale: str) -> None:
    try:
        baselines.write_whole(path, text)
    except OSError as error:
        stop(say(DOMAIN, "report.not_written", locale, path=str(path), why=error.strerror or ""))
