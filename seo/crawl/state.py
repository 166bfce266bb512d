"""What a crawl keeps on disk while it runs: a line for each page checked, so that a stop of any kind loses only the
pages in flight. Reports are read from there one at a time.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from enum import Enum
from io import BufferedRandom
from pathlib import Path
from typing import Self

from seo.crawl import kept
from seo.reporters import Report

_CHUNK = 1 << 16


class Refused(Enum):
    """Why a crawl may not begin in this folder."""

    UNFINISHED = "unfinished"
    OTHER = "other"
    BUSY = "busy"


class State:
    """The pages of one crawl in one folder, open for as long as the crawl runs. Iterating gives every report kept."""

    def __init__(self, folder: Path, file: BufferedRandom) -> None:
        self.folder = folder
        self._file = file
        self.done = frozenset(report.target for report in self)

    @classmethod
    def open(cls, folder: Path, *, about: str, resume: bool, fresh: bool) -> Self | Refused:
        """Begin, or go on with what is there. `about` names the target and all settings that change a report.

        - With `resume` the pages kept stay; what is there has to be about the same.
        - Without, a finished crawl is replaced, and an unfinished one only when `fresh`.
        """
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / "pages.jsonl").open("a+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return Refused.BUSY
        was = _about(folder)
        refused = None
        if resume and was is not None and was.get("about") != about:
            refused = Refused.OTHER
        elif was is not None and not was.get("finished") and not resume and not fresh:
            refused = Refused.UNFINISHED
        if refused:
            file.close()
            return refused
        file.truncate(_whole_lines(file) if resume and was is not None else 0)
        _tell(folder, about, finished=False)
        return cls(folder, file)

    def add(self, line: bytes) -> None:
        """Keep a report's line. It is written before this returns, so that a killed process has it."""
        self._file.write(line)
        self._file.flush()

    def finish(self, *, about: str) -> None:
        """Every page was visited: the next crawl may take this one's place."""
        os.fsync(self._file.fileno())
        _tell(self.folder, about, finished=True)

    def close(self) -> None:
        """Let another crawl use the folder."""
        self._file.close()

    def __iter__(self) -> Iterator[Report]:
        with (self.folder / "pages.jsonl").open("rb") as lines:
            for line in lines:
                yield kept.report(line)


def _about(folder: Path) -> dict[str, object] | None:
    try:
        told = json.loads((folder / "crawl.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def _tell(folder: Path, about: str, *, finished: bool) -> None:
    beside = folder / "crawl.json.new"
    beside.write_text(json.dumps({"version": 1, "about": about, "finished": finished}) + "\n", encoding="utf-8")
    beside.replace(folder / "crawl.json")


def _whole_lines(file: BufferedRandom) -> int:
    """The length up to the last line that was written whole; a kill may have torn the last one."""
    end = file.seek(0, os.SEEK_END)
    while end > 0:
        start = max(0, end - _CHUNK)
        file.seek(start)
        at = file.read(end - start).rfind(b"\n")
        if at >= 0:
            return start + at + 1
        end = start
    return 0
