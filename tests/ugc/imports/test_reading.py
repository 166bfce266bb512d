"""Files as other systems write them: with marks, other delimiters, line breaks inside, and broken rows."""

from pathlib import Path

import pytest

from core.refusal import Refusal
from tests.make import imports as make
from ugc.imports import reading
from ugc.imports.reading import Record
from ugc.imports.refusals import ImportRefusal

CSV = make.chosen(format="csv", columns={"product": "product", "rating": "stars", "body": "text"}, variant={})


def read_lines(folder: Path, content: bytes) -> list[Record]:
    path = folder / "export.jsonl"
    path.write_bytes(content)
    return list(reading.records(path, make.chosen()))


def read_csv(folder: Path, content: bytes) -> list[Record]:
    path = folder / "export.csv"
    path.write_bytes(content)
    return list(reading.records(path, CSV))


def test_json_lines_are_numbered_and_blank_ones_are_none(tmp_path: Path) -> None:
    assert read_lines(tmp_path, b'\xef\xbb\xbf{"a": 1}\n\n  \n{"a": 2}') == [Record(1, {"a": 1}), Record(4, {"a": 2})]


@pytest.mark.parametrize(
    "broken",
    [b"{", b"[1]", b'"text"', b"\xff{}", b'{"a": "\xff"}', b"[" * 100_000, b'{"a": "' + b"x" * (1 << 20) + b'"}'],
    ids=["cut", "list", "string", "bytes", "bytes within", "deep", "long"],
)
def test_a_broken_line_is_one_unreadable_row(tmp_path: Path, broken: bytes) -> None:
    rows = read_lines(tmp_path, b'{"a": 1}\n' + broken + b'\n{"a": 2}\n')

    assert rows == [Record(1, {"a": 1}), Record(2, None), Record(3, {"a": 2})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("bom", [False, True])
def test_csv_is_read_with_its_own_delimiter_and_mark(tmp_path: Path, delimiter: str, bom: bool) -> None:
    text = 'It says "good";\nit is, mostly.'
    path = make.delimited(tmp_path, [{"product": "tea", "stars": "4", "text": text}], delimiter=delimiter, bom=bom)

    assert reading.check(path, CSV) is None
    assert list(reading.records(path, CSV)) == [Record(2, {"product": "tea", "stars": "4", "text": text})]


def test_a_csv_row_that_fell_apart_is_unreadable(tmp_path: Path) -> None:
    rows = read_csv(tmp_path, b"product,stars,text\ntea,5\ntea,5,good,more\ntea,4,\xff\ntea,3,fine\n")

    assert rows == [
        Record(2, None),
        Record(3, None),
        Record(4, None),
        Record(5, {"product": "tea", "stars": "3", "text": "fine"}),
    ]


def test_a_file_without_the_maps_columns_is_refused(tmp_path: Path) -> None:
    path = make.delimited(tmp_path, [{"product": "tea", "note": "4", "text": ""}])

    assert reading.check(path, CSV) == Refusal(
        ImportRefusal.COLUMN_MISSING, ("map",), {"column": "stars", "found": "note, product, text"}
    )


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    outcome = reading.check(tmp_path / "none.csv", CSV)

    assert isinstance(outcome, Refusal)
    assert outcome.code is ImportRefusal.FILE_UNREADABLE


def test_a_path_leads_into_nested_objects() -> None:
    raw: reading.Raw = {"options": {"Size": "L"}, "list": [1]}

    assert reading.cell(raw, ("options", "Size")) == "L"
    assert reading.cell(raw, ("options", "Colour")) is None
    assert reading.cell(raw, ("list", "Size")) is None
