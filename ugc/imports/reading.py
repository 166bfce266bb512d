"""Rows of a file as they stand: JSON objects a line, or CSV under a header. What they mean is ugc.imports.rows'."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeAlias

from core.refusal import Refusal
from ugc.imports.mapping import FileFormat, ImportMap
from ugc.imports.refusals import ImportRefusal

Cell: TypeAlias = "str | int | float | bool | list[Cell] | dict[str, Cell] | None"
Raw: TypeAlias = dict[str, Cell]

MAX_LINE_BYTES = 1 << 20
_DELIMITERS = ",;\t|"
_SAMPLE_CHARACTERS = 16_384


@dataclass(frozen=True, slots=True)
class Record:
    """One row and the line that it starts on; `raw` is None when it cannot be read."""

    line: int
    raw: Raw | None


def check(path: Path, chosen: ImportMap) -> Refusal | None:
    """Whether the file can be opened and, as CSV, has the columns that the map names."""
    try:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            names = set() if chosen.format is FileFormat.JSONL else set(_csv(file).fieldnames or ())
    except OSError as problem:
        return Refusal(ImportRefusal.FILE_UNREADABLE, ("file",), {"problem": problem.strerror or str(problem)})
    missing = sorted(chosen.columns_needed() - names)
    if chosen.format is FileFormat.CSV and missing:
        return Refusal(
            ImportRefusal.COLUMN_MISSING, ("map",), {"column": missing[0], "found": ", ".join(sorted(names))}
        )
    return None


def records(path: Path, chosen: ImportMap) -> Iterator[Record]:
    """Every row of the file, in order. Blank lines are none."""
    if chosen.format is FileFormat.JSONL:
        with path.open("rb") as lines:
            yield from _json_records(lines)
    else:
        with path.open(encoding="utf-8-sig", errors="surrogateescape", newline="") as file:
            yield from _csv_records(file)


def cell(raw: Raw, column: tuple[str, ...]) -> Cell:
    """What stands in a column, or at the end of a path into nested objects; None when nothing does."""
    found: Cell = raw
    for name in column:
        if not isinstance(found, dict):
            return None
        found = found.get(name)
    return found


def _json_records(lines: IO[bytes]) -> Iterator[Record]:
    number = 0
    while line := lines.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            _skip_rest_of_line(lines, line)
            yield Record(number, None)
        elif line.strip():
            yield Record(number, _json_object(line.removeprefix(b"\xef\xbb\xbf")))


def _skip_rest_of_line(lines: IO[bytes], line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = lines.readline(MAX_LINE_BYTES)


def _json_object(line: bytes) -> Raw | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and _is_text(line) else None


def _csv_records(file: IO[str]) -> Iterator[Record]:
    reader = _csv(file)
    # reads the header, so that line numbers count from the row after it
    _ = reader.fieldnames
    while True:
        line = reader.line_num + 1
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Record(line, None)
            continue
        # a None key holds surplus cells, a None value stands for missing ones: the row was broken apart
        whole = None not in row and None not in row.values()
        yield Record(line, dict(row) if whole and _is_text("".join(row.values())) else None)


def _csv(file: IO[str]) -> "csv.DictReader[str]":
    sample = file.read(_SAMPLE_CHARACTERS).partition("\n")[0]
    file.seek(0)
    # told by the header line: bodies are full of commas and semicolons, names of columns are not
    delimiter = max(_DELIMITERS, key=sample.count)
    return csv.DictReader(file, delimiter=delimiter, strict=True)


def _is_text(text: str | bytes) -> bool:
    """Whether the bytes behind it are UTF-8, and nothing in it is half a character."""
    try:
        text.decode() if isinstance(text, bytes) else text.encode()
    except UnicodeError:
        return False
    return True
