"""Known faults, files of settings, and reports in files, as a build uses them."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from seo.cli import app
from tests.seo import samples
from tests.seo.report_schema import faults

runner = CliRunner()


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a bad page and its reviews, in which the commands are typed."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "teapot.html").write_text(samples.sample("REV-01", "bad"), encoding="utf-8")
    rows = [{"id": each.id, "author": each.author, "text": each.text} for each in samples.TRUTH.reviews]
    (tmp_path / "reviews.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return tmp_path


def check(*options: str) -> Result:
    return runner.invoke(app, ["check", "teapot.html", "--reviews", "reviews.jsonl", *options])


def test_known_faults_do_not_fail_until_there_is_a_new_one(folder: Path) -> None:
    assert check().exit_code == 1
    assert check("--baseline", "known.json", "--update-baseline").exit_code == 0

    moved = (folder / "teapot.html").read_text().replace("<body>", "<body>\n<p>A line more.</p>\n")
    (folder / "teapot.html").write_text(moved, encoding="utf-8")
    again = check("--baseline", "known.json")
    assert again.exit_code == 0
    assert "REV-01 Published reviews are missing from the HTML [review-not-in-html] (Known in the baseline)" in (
        again.stdout
    )

    (folder / "teapot.html").write_text(moved.replace("<title>", "<meta name=robots content=noindex><title>"))
    assert check("--baseline", "known.json").exit_code == 1


def test_resolved_faults_are_told(folder: Path) -> None:
    check("--baseline", "known.json", "--update-baseline")
    (folder / "teapot.html").write_text(samples.sample("REV-01", "good"), encoding="utf-8")

    told = check("--baseline", "known.json", "--output", "report.json")

    # the two reviews that were not wholly there
    assert "Resolved since the baseline: 2" in told.stdout
    assert list(faults(json.loads((folder / "report.json").read_text()))) == []


@pytest.mark.parametrize("content", ["{", "[]", '{"pages": []}', '{"pages": {"a": 1}}'])
def test_what_is_no_baseline_ends_with_two(folder: Path, content: str) -> None:
    (folder / "known.json").write_text(content)

    told = check("--baseline", "known.json")

    assert (told.exit_code, told.stdout) == (2, "")
    assert told.stderr.startswith("known.json could not be read: ")


def test_a_report_goes_to_files_by_their_names(folder: Path) -> None:
    named = ("r.html", "r.json", "r.sarif", "r.xml", "r.txt")

    told = check(*(part for name in named for part in ("--output", name)))

    assert told.exit_code == 1
    assert [name for name in named if (folder / name).stat().st_size == 0] == []
    assert [path.name for path in folder.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("name", ["report", "report.pdf", "no/such/folder.html"])
def test_a_report_that_cannot_be_written_ends_with_two(folder: Path, name: str) -> None:
    told = check("--output", name)

    assert told.exit_code == 2
    assert told.stderr.startswith(name)


def test_settings_come_from_a_file_and_the_command_line_wins(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.fidelio.seo]\nformat = "json"\nlang = "fr"\noutput = ["r.html"]\n')

    told = check("--lang", "en")

    assert json.loads(told.stdout)["findings"][0]["reason"]["text"] == "a saved file says nothing about it"
    assert (folder / "r.html").exists()
    (folder / "fidelio.toml").write_text('[seo]\nformat = "text"\n')
    assert check().stdout.startswith("teapot.html: ")


@pytest.mark.parametrize(
    "line, key", [("colour = 1", "colour"), ('strict = "yes"', "strict"), ("timeout = true", "timeout")]
)
def test_a_setting_that_nobody_has_is_refused(folder: Path, line: str, key: str) -> None:
    (folder / "fidelio.toml").write_text(f"[seo]\n{line}\n")

    told = check()

    assert (told.exit_code, told.stdout) == (2, "")
    assert f": {key} is no setting of the check. Known: format, output, fail-on, " in told.stderr


@pytest.mark.parametrize("content", ["[seo", "\xff", "[seo]\nfail-on = 'never'"])
def test_settings_that_cannot_be_read_end_with_two(folder: Path, content: str) -> None:
    (folder / "fidelio.toml").write_bytes(content.encode("latin-1"))

    assert (check().exit_code, check().stdout) == (2, "")
