"""A report as one line of JSON and back: what workers give and disks keep. Where it is kept is state.py's."""

from dataclasses import replace

from pydantic import TypeAdapter

from seo.reporters import Report

_REPORT = TypeAdapter(Report)


def line(report: Report) -> bytes:
    """The report with a newline at its end. Made where the page was checked, so that one process need not make
    them all.
    """
    return _REPORT.dump_json(report, ensure_ascii=True) + b"\n"


def slim(report: Report) -> Report:
    """Without the reviews' own texts, which the shop has and no reporter tells."""
    return replace(
        report,
        judgements=tuple(
            replace(each, sighting=replace(each.sighting, review=replace(each.sighting.review, text="", title="")))
            for each in report.judgements
        ),
    )


def report(line: bytes) -> Report:
    """The report of a line."""
    return _REPORT.validate_json(line)
