"""The check as a command: what it prints, in which language and shape, and what it ends with."""

import io
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from core import clock
from seo.browsers import Means, commands
from seo.cli import CheckOptions, app, run_check
from seo.findings import Severity, Verdict
from seo.reporters.writing import Format
from seo.rules import RULES
from tests.seo import samples
from tests.seo import shop as shops
from tests.seo.shop import Shop

runner = CliRunner()


@pytest.fixture
def shop() -> Iterator[Shop]:
    with shops.running() as running:
        yield running


def checked(target: str, **options: object) -> tuple[int, str]:
    out = io.StringIO()
    with clock.at(datetime(2026, 3, 9, 12, tzinfo=UTC)):
        code = run_check(target, truth=samples.TRUTH, options=CheckOptions(**options), out=out)  # type: ignore[arg-type]
    return code, out.getvalue()


@pytest.fixture
def bad_page(tmp_path: Path) -> str:
    path = tmp_path / "teapot.html"
    path.write_text(samples.sample("REV-01", "bad"), encoding="utf-8")
    return str(path)


def test_the_first_line_counts_everything(bad_page: str) -> None:
    code, text = checked(bad_page)

    summary, reviews, *_ = text.splitlines()
    told = json.loads(checked(bad_page, format=Format.JSON)[1])["summary"]
    assert code == 1
    assert summary.startswith(f"{bad_page}: {told['errors']} errors, {told['warnings']} warnings, ")
    assert f"{told['pass']} rules passed, {told['not-evaluated']} not evaluated" in summary
    assert reviews == "3 published reviews: 1 in the HTML, 1 cut short, 1 absent"


def test_a_finding_says_where_why_and_what_to_do(bad_page: str) -> None:
    _, text = checked(bad_page)

    offset = samples.sample("REV-01", "bad").encode().index(b"The lid is")
    assert (
        "error REV-01 Published reviews are missing from the HTML [review-not-in-html]\n"
        "    where: truncated 38%: Bruno L.: The lid is a little loose, but the glaze is… read more"
        f" · byte {offset} · html > body > article:nth-of-type(2) > p:nth-of-type(2) · review b2\n"
        "    where: absent: 王小明: 茶壶做工精细，倒水顺畅不滴漏，保温效果也很好，非常满意这次购买。 · review c3\n"
        "    why: "
    ) in text
    assert "    what to do: Put the reviews into the page on the server" in text
    assert "\x1b[" not in text, "no colour outside a terminal"


def test_the_report_speaks_french(bad_page: str) -> None:
    _, text = checked(bad_page, locale="fr-FR")

    told = json.loads(checked(bad_page, format=Format.JSON)[1])["summary"]
    assert f"{told['errors']} erreurs, {told['warnings']} avertissements, " in text
    assert f"{told['pass']} règles respectées, {told['not-evaluated']} non évaluées" in text
    assert "erreur REV-01 Des avis publiés manquent dans le HTML" in text


def test_json_has_the_promised_shape(bad_page: str) -> None:
    code, text = checked(bad_page, format=Format.JSON)

    told = json.loads(text)
    finding = next(finding for finding in told["findings"] if finding["code"] == "REV-01")
    assert code == 1
    named = ["version", "target", "url", "checkedAt", "summary", "findings", "coverage", "rendering", "reviews"]
    assert list(told) == named
    assert told["checkedAt"] == "2026-03-09T12:00:00.000Z"
    verdicts = Counter(finding["verdict"] for finding in told["findings"])
    faults = Counter(finding["severity"] for finding in told["findings"] if finding["verdict"] == "fail")
    assert told["summary"] == {
        **{f"{severity}s": faults[severity] for severity in ("error", "warning", "info")},
        **{verdict.value: verdicts[verdict.value] for verdict in Verdict},
    }
    assert sum(verdicts.values()) == len(RULES)
    assert told["coverage"] == {"reviews": 3, "yes": 0, "no": 0, "depends": 3, "share": 0.0}
    assert told["rendering"]["reason"]["code"] == "saved-file"
    review = told["reviews"][1]
    offset = samples.sample("REV-01", "bad").encode().index(b"The lid is")
    assert list(review) == ["id", "class", "share", "indexable", "reason", "remedy", "evidence"]
    assert (review["id"], review["class"], review["share"]) == ("b2", "truncated", 0.375)
    assert review["evidence"][0]["offset"] == offset
    assert list(finding) == ["code", "id", "severity", "verdict", "title", "why", "remedy", "source", "evidence"]
    assert finding["evidence"][1] == {
        "excerpt": "absent: 王小明: 茶壶做工精细，倒水顺畅不滴漏，保温效果也很好，非常满意这次购买。",
        "reviewId": "c3",
    }


def test_what_counts_as_failing_can_be_chosen(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(samples.sample("OG-01", "good"), encoding="utf-8")
    out = io.StringIO()

    codes = [
        run_check(str(path), truth=None, options=CheckOptions(fail_on=fail_on, strict=strict), out=out)
        for fail_on, strict in ((Severity.ERROR, False), (Severity.WARNING, False), (Severity.ERROR, True))
    ]

    assert codes == [0, 1, 1]


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/", "/no/such/file.html"])
def test_what_cannot_be_had_ends_with_two_and_one_sentence(target: str) -> None:
    code, text = checked(target)
    in_json, document = checked(target, format=Format.JSON)

    assert (code, in_json) == (2, 2)
    assert text.count("\n") == 1
    assert json.loads(document)["error"] == text.strip()


def test_hostile_page_text_does_not_drive_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text('<meta name="robots" content="noindex, \x1b[2J\x07">', encoding="utf-8")

    _, text = checked(str(path))

    assert "\x1b" not in text
    assert "\x07" not in text


def test_the_command_reads_reviews_and_standard_input(tmp_path: Path) -> None:
    reviews = tmp_path / "truth.jsonl"
    rows = [{"id": r.id, "author": r.author, "text": r.text, "product": "Teapot"} for r in samples.TRUTH.reviews]
    reviews.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    args = ["check", "-", "--reviews", str(reviews), "--product", "Teapot", "--base-url", samples.URL]

    result = runner.invoke(app, args, input=samples.sample("REV-01", "good"))

    assert result.exit_code == 1
    assert result.stdout.startswith(f"{samples.URL}: 1 error, 2 warnings")
    assert "3 published reviews: 3 in the HTML" in result.stdout


def test_reviews_that_cannot_be_read_end_with_two(tmp_path: Path) -> None:
    reviews = tmp_path / "truth.jsonl"
    reviews.write_text("{broken", encoding="utf-8")

    result = runner.invoke(app, ["check", "-", "--reviews", str(reviews)], input="<p>x")

    assert result.exit_code == 2
    assert "line 1" in result.stderr


def test_rules_are_listed_and_explained() -> None:
    listed = runner.invoke(app, ["rules", "--format", "json", "--lang", "fr"])
    explained = runner.invoke(app, ["explain", "rev-01"])
    unknown = runner.invoke(app, ["explain", "XYZ-99"])

    first = json.loads(listed.stdout)[0]
    assert list(first) == ["code", "id", "severity", "title", "titlePass", "why", "example", "remedy", "source"]
    assert (first["code"], first["title"]) == ("HTTP-01", "La page ne répond pas 200")
    assert explained.stdout.startswith("REV-01 review-not-in-html (error)\n\nPublished reviews are missing")
    assert (unknown.exit_code, unknown.stderr) == (2, "There is no rule XYZ-99; `rules` lists them.\n")


def test_a_feed_is_held_against_the_reviews(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text("<feed><version>2.4</version></feed>", encoding="utf-8")
    page = tmp_path / "page.html"
    page.write_text(samples.sample("REV-01", "good"), encoding="utf-8")

    _, text = checked(str(page), format=Format.JSON, feed=path, base_url=samples.URL)

    verdicts = {finding["code"]: finding["verdict"] for finding in json.loads(text)["findings"]}
    assert (verdicts["FEED-01"], verdicts["FEED-02"]) == ("fail", "fail")


def test_verbose_tells_each_review_whether_and_why(bad_page: str) -> None:
    _, text = checked(bad_page, verbose=True)

    _, classes, counts, drawn, *reviews = text.splitlines()[:7]
    assert classes == "3 published reviews: 1 in the HTML, 1 cut short, 1 absent"
    assert counts == "indexable: 0 yes, 0 no, 3 depends; coverage 0 %"
    assert drawn == "not drawn in a browser: a saved file says nothing about it"
    assert reviews[0].startswith("    raw, depends: a saved file does not tell · It pours without a drop")
    assert reviews[0].endswith("review a1 · what to do: Check the page at its address.")


@pytest.mark.parametrize(
    "means,system,typed",
    [
        (Means(True, "/usr/bin/chromium"), "debian", []),
        (Means(True, None), "debian", ["apt-get install chromium fonts-liberation fonts-noto-cjk"]),
        (
            Means(False, None),
            "ubuntu",
            [
                "pip install --require-hashes -r requirements-browser.lock",
                "python -m playwright install --with-deps chromium",
            ],
        ),
    ],
)
def test_how_to_get_a_browser_depends_on_what_is_missing(means: Means, system: str, typed: list[str]) -> None:
    assert commands(means, system=system) == typed


def test_without_a_browser_the_rules_that_need_one_say_so(shop: Shop) -> None:
    shop.pages["/teapot"] = samples.sample("REV-01", "good")

    _, text = checked(f"{shop.origin}/teapot", render=True, browser="no-such-browser", format=Format.JSON)

    told = json.loads(text)
    untold = {finding["code"]: finding.get("reason", {}).get("code") for finding in told["findings"]}
    assert told["rendering"]["reason"]["code"] == "no-browser"
    assert {untold[code] for code in ("REV-02", "REV-03", "REV-06", "REV-07", "ROB-04", "IDX-02")} == {"no-browser"}


def test_install_browser_says_what_is_missing() -> None:
    result = runner.invoke(app, ["install-browser", "--browser", "no-such-browser"])

    assert result.exit_code == 1
    assert "To draw pages, type:" in result.stdout


def test_the_command_draws_the_page_where_there_is_a_browser(shop: Shop, chromium: str) -> None:
    shop.pages["/api"] = json.dumps([review.text for review in samples.TRUTH.reviews])
    draw = (
        "texts.forEach(text => document.body.append(Object.assign(document.createElement('p'), {textContent: text})))"
    )
    shop.pages["/teapot"] = f"<!doctype html><script>fetch('/api').then(a => a.json()).then(texts => {draw})</script>"

    _, text = checked(f"{shop.origin}/teapot", render=True, browser=chromium, format=Format.JSON)

    told = json.loads(text)
    by_scripts = next(finding for finding in told["findings"] if finding["code"] == "REV-03")
    assert told["rendering"] == {"done": True}
    assert [review["class"] for review in told["reviews"]] == ["rendered"] * 3
    assert {place["url"] for place in by_scripts["evidence"]} == {f"{shop.origin}/api"}


def test_the_checker_runs_without_the_browsers_driver() -> None:
    without = "import sys; sys.modules['playwright'] = None; import seo.cli, cli.seo"

    subprocess.run([sys.executable, "-c", without], check=True)
