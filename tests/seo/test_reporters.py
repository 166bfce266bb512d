"""The reporters over one page and over several: each a document that its own readers can read, hostile text or not."""

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from seo.excerpts import Excerpt
from seo.findings import Evidence, Finding, Outcome, Severity, Verdict
from seo.gathering import gather_saved
from seo.reported import reported
from seo.reporters import Report, Survey, as_json
from seo.reporters.writing import Format, pieces
from seo.rules import RULES
from tests.seo import samples
from tests.seo.report_schema import faults

BAD = samples.sample("REV-01", "bad").encode()
HOSTILE = "</code></pre><script>alert(1)</script><img src=https://evil.example/x>\x1b[2J\x00\udcff"


def page(raw: bytes = BAD) -> Report:
    return reported("teapot.html", gather_saved(raw, url=samples.URL, truth=samples.TRUTH), with_excerpts=True)


@pytest.fixture(scope="module")
def survey() -> Survey:
    """A page with faults, one that crashed a rule and says hostile things, one without an answer, one left alone."""
    bad = page()
    hostile = Evidence(HOSTILE, offset=3, css_path="p > img", review_id=HOSTILE)
    crashed = (
        Finding("REV-01", "review-not-in-html", Severity.ERROR, Outcome(Verdict.FAIL, (hostile,))),
        Finding("OG-01", "missing-open-graph", Severity.ERROR, Outcome(Verdict.CRASHED), "abcd1234"),
    )
    excerpts = (Excerpt("REV-01", HOSTILE, HOSTILE, HOSTILE, 3),)
    worst = replace(bad, url="https://shop.example/<script>", findings=crashed, judgements=(), excerpts=excerpts)
    gone = Report("https://shop.example/gone", "", (), (), bad.checked_at, failure="No answer <b>in time</b>.")
    alone = replace(gone, target="https://shop.example/private", failure="Left alone.", skipped=True)
    return Survey((bad, worst, gone, alone), unvisited=7, resolved=2)


def test_sarif_names_a_saved_page_by_its_file(survey: Survey) -> None:
    saved = Survey((replace(page(), target="/shop/a page.html", url=""),))

    told = json.loads(written(saved, Format.SARIF))

    places = {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for each in told["runs"][0]["results"]
    }
    assert places == {"file:///shop/a%20page.html"}


def written(survey: Survey, format_: Format, locale: str = "en") -> str:
    return "".join(pieces(survey, format_, locale=locale))


def test_json_is_what_its_schema_says(survey: Survey) -> None:
    told = json.loads(written(survey, Format.JSON))

    assert list(faults(told)) == []
    assert [list(faults(json.loads(as_json.render(each, locale="fr")))) for each in survey.pages] == [[]] * 4
    counted = {key: told["summary"][key] for key in ("pages", "failed", "skipped", "unvisited", "crashed")}
    assert counted == {"pages": 2, "failed": 1, "skipped": 1, "unvisited": 7, "crashed": 1}


def test_junit_has_a_suite_a_page_and_a_case_a_rule(survey: Survey) -> None:
    suites = ET.fromstring(written(survey, Format.JUNIT))  # noqa: S314 - our own report

    bad, worst, gone, alone = suites
    assert [len(suite) for suite in suites] == [len(RULES), 2, 1, 1]
    assert int(bad.get("failures", "")) == len(bad.findall("testcase/failure"))
    assert int(bad.get("skipped", "")) == len(bad.findall("testcase/skipped"))
    assert all(skipped.get("message") for skipped in bad.iter("skipped"))
    assert [error.get("message") for error in worst.iter("error")] == ["abcd1234"]
    assert (gone.get("errors"), alone.get("errors"), alone.get("skipped")) == ("1", "0", "1")


def test_sarif_says_where_and_keeps_quiet_about_nothing(survey: Survey) -> None:
    told = json.loads(written(survey, Format.SARIF))

    run = told["runs"][0]
    first = next(each for each in run["results"] if each["ruleId"] == "REV-01")
    invocation = run["invocations"][0]
    where = first["locations"][0]
    assert told["version"] == "2.1.0"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == [rule.code for rule in RULES]
    assert where["physicalLocation"]["region"]["byteOffset"] == BAD.index(b"The lid is")
    assert where["logicalLocations"][0]["fullyQualifiedName"].endswith("p:nth-of-type(2)")
    assert len(first["partialFingerprints"]["fidelio/v1"]) == 32
    assert invocation["executionSuccessful"] is False
    notes = [each["message"]["text"] for each in invocation["toolExecutionNotifications"]]
    assert {"crashed: abcd1234", "No answer <b>in time</b>.", "Left alone."} <= set(notes)


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_html_stands_alone_and_quotes_without_obeying(survey: Survey, locale: str) -> None:
    document = written(survey, Format.HTML, locale)

    tree = LexborHTMLParser(document)
    assert tree.css("script, img, link, iframe, base, [onerror], [src]") == []
    assert all((link.attributes["href"] or "").startswith("https://") for link in tree.css("a"))
    assert "\x1b" not in document
    assert "\x00" not in document
    assert document.encode()
    marks = [mark.text() for mark in tree.css("mark")]
    assert "The lid is a little loose, but the glaze is… read more" in marks
    assert len(tree.css("table.bars tr.truncated")) == 1
    html = tree.css_first("html")
    assert html is not None
    assert html.attributes["lang"] == locale


def test_many_pages_with_one_fault_make_no_endless_html() -> None:
    one = page()
    few = written(Survey([one] * 20), Format.HTML)
    many = written(Survey([one] * 200), Format.HTML)

    assert len(many) < len(few) * 1.1
    assert "And 180 more pages." in many


def test_text_ends_with_what_all_pages_add_up_to(survey: Survey) -> None:
    *_, last = written(survey, Format.TEXT).splitlines()

    assert last.startswith("Pages checked: 2 · Errors: ")
    assert last.endswith(
        "Pages that could not be checked: 1 · Pages left alone, as robots.txt asks: 1"
        " · Pages not visited: 7 · Known in the baseline: 0 · Resolved since the baseline: 2"
    )
