"""Faults that are known and accepted for now: a file of fingerprints. What fails a check is runner.py's.

A fingerprint is of a rule, a page and a place, and holds when lines move or numbers change:
- a review's place is the review; any other is its element, its header or its words, with digits left out.
"""

import json
import os
import re
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path

from seo.findings import Evidence, Finding
from seo.reporters import Report

_VERSION = 1
_DIGITS = re.compile(r"\d+")


class UnreadableBaselineError(ValueError):
    """The file is no baseline."""


@dataclass(slots=True)
class Baseline:
    """The known places by page. `seen` are the places of pages checked in this run."""

    known: Mapping[str, frozenset[str]] = field(default_factory=dict)
    seen: dict[str, frozenset[str]] = field(default_factory=dict)

    def applied(self, report: Report) -> Report:
        """The report, with the faults of which every place is known marked as known."""
        if report.failure:
            return report
        places = {finding.code: fingerprints(finding, page=report.address) for finding in report.faults_found}
        self.seen[report.address] = frozenset().union(*places.values())
        known = self.known.get(report.address, frozenset())
        return replace(report, known=frozenset(code for code, prints in places.items() if prints <= known))

    @property
    def resolved(self) -> int:
        """How many known places of the pages checked are gone."""
        return sum(len(self.known.get(page, frozenset()) - places) for page, places in self.seen.items())


def fingerprints(finding: Finding, *, page: str) -> frozenset[str]:
    """One for each place; one for the page when the rule names no place."""
    return frozenset(fingerprint(finding, each, page=page) for each in finding.outcome.evidence or (Evidence(""),))


def fingerprint(finding: Finding, evidence: Evidence, *, page: str) -> str:
    """32 hexadecimal digits that stay the same while the fault is the same."""
    told = evidence.css_path or evidence.header or evidence.excerpt
    place = evidence.review_id or _DIGITS.sub("#", f"{told} {evidence.url}")
    return sha256("\0".join((finding.code, page, place)).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def read(path: Path) -> Baseline:
    """The baseline in a file. OSError or UnreadableBaselineError when there is none to read."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return Baseline({page: frozenset(prints) for page, prints in told["pages"].items()})
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise UnreadableBaselineError(str(error)) from error


def write(path: Path, baseline: Baseline) -> None:
    """Replace the file: pages of this run as they are now, all others as they were."""
    pages = {**baseline.known, **baseline.seen}
    told = {page: sorted(prints) for page, prints in sorted(pages.items()) if prints}
    write_whole(path, [json.dumps({"version": _VERSION, "pages": told}, ensure_ascii=False, indent=1) + "\n"])


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write a file whole or not at all: beside it first, then in its place."""
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(pieces)
        os.chmod(beside, 0o644)  # noqa: PTH101 - mkstemp's own mode lets nobody else read a report
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
