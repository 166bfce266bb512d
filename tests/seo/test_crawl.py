"""A crawl against a server on loopback and over folders: what it visits, how politely, what it keeps, what it
survives.
"""

import gzip
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from typer.testing import CliRunner, Result

from seo import robots, sitemaps
from seo.__main__ import app
from seo.crawl import pace
from tests.seo import samples
from tests.seo import shop as shops
from tests.seo.report_schema import faults
from tests.seo.shop import Shop

runner = CliRunner()
GOOD = samples.sample("REV-01", "good")
BAD = samples.sample("REV-01", "bad")


@pytest.fixture
def shop() -> Iterator[Shop]:
    with shops.running() as running:
        yield running


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the commands are typed."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def listing(*urls: str) -> str:
    return "<urlset>" + "".join(f"<url><loc>{url}</loc></url>" for url in urls) + "</urlset>"


def crawl(target: str, *options: str) -> Result:
    return runner.invoke(app, ["crawl", target, *options], catch_exceptions=False)


def told(result: Result) -> dict[str, dict[str, object]]:
    document = json.loads(result.stdout)
    assert list(faults(document)) == []
    return {page["target"]: page for page in document["pages"]}


def test_an_index_leads_to_all_pages_of_its_own_host(shop: Shop) -> None:
    shop.pages = {
        "/index.xml": "".join([
            "<sitemapindex>",
            *(f"<sitemap><loc>{shop.origin}/{name}</loc></sitemap>" for name in ("a.xml.gz", "index.xml")),
            "</sitemapindex>",
        ]),
        "/a.xml.gz": gzip.compress(listing(f"{shop.origin}/1", f"{shop.origin}/2", "http://169.254.169.254/x").encode()),
        "/1": GOOD,
        "/2": BAD,
    }  # fmt: skip

    result = crawl(f"{shop.origin}/index.xml", "--format", "json")

    assert sorted(told(result)) == [f"{shop.origin}/1", f"{shop.origin}/2"]
    assert "1 addresses of another site were left out." in result.stderr
    assert shop.asked.count("/robots.txt") == 1


def test_robots_is_obeyed_for_our_own_name(shop: Shop) -> None:
    shop.pages = {
        "/map.xml": listing(f"{shop.origin}/private/1", f"{shop.origin}/open"),
        "/robots.txt": "User-agent: FidelioCheck\nDisallow: /private/\n\nUser-agent: *\nDisallow: /open",
        "/open": GOOD,
    }

    pages = told(crawl(f"{shop.origin}/map.xml", "--format", "json", "--fail-on", "error"))

    assert "/private/1" not in shop.asked
    assert pages[f"{shop.origin}/private/1"]["skipped"] is True
    assert "findings" in pages[f"{shop.origin}/open"]


def test_a_host_whose_robots_cannot_be_had_is_not_crawled(shop: Shop) -> None:
    shop.pages = {"/map.xml": listing(f"{shop.origin}/1"), "/1": GOOD}
    shop.statuses["/robots.txt"] = 503

    result = crawl(f"{shop.origin}/map.xml", "--format", "json")

    assert result.exit_code == 2
    assert "error" in told(result)[f"{shop.origin}/1"]
    assert "/1" not in shop.asked


def test_retry_after_is_waited_for(shop: Shop) -> None:
    shop.pages = {"/map.xml": listing(f"{shop.origin}/1"), "/1": GOOD}
    shop.statuses["/1"] = 429
    shop.headers["/1"] = {"Retry-After": "1"}
    started = time.monotonic()

    page = told(crawl(f"{shop.origin}/map.xml", "--format", "json"))[f"{shop.origin}/1"]

    assert shop.asked.count("/1") == 3
    assert time.monotonic() - started >= 2
    verdicts = {each["code"]: each["verdict"] for each in page["findings"]}  # type: ignore[attr-defined]
    assert verdicts["HTTP-01"] == "fail"


def test_the_delay_stands_between_all_requests_to_a_host(shop: Shop) -> None:
    shop.pages = {"/map.xml": listing(*(f"{shop.origin}/{n}" for n in range(4)))}
    started = time.monotonic()

    crawl(f"{shop.origin}/map.xml", "--delay", "0.3", "--concurrency", "4")

    # robots.txt and four pages: four pauses
    assert time.monotonic() - started >= 1.2


@pytest.mark.parametrize(
    "text, seconds",
    [
        ("User-agent: *\nCrawl-delay: 3", 3.0),
        ("User-agent: *\nCrawl-delay: 3\nUser-agent: fideliocheck\nUser-agent: other\nCrawl-delay: 1.5", 1.5),
        ("Crawl-delay: 4", 0.0),
        ("User-agent: *\nCrawl-delay: nan", 0.0),
        ("User-agent: *\nCrawl-delay: soon", 0.0),
    ],
)
def test_crawl_delay_is_read_for_the_agent(text: str, seconds: float) -> None:
    assert pace.crawl_delay(robots.parse(text.encode()), agent="FidelioCheck") == seconds


@pytest.mark.parametrize("value, least, most", [("7", 7, 7), ("", 5, 5), ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0)])
def test_retry_after_is_seconds_or_a_date(value: str, least: float, most: float) -> None:
    assert least <= pace.retry_after(value) <= most


def test_a_limit_leaves_pages_for_later(shop: Shop, folder: Path) -> None:
    shop.pages = {"/map.xml": listing(*(f"{shop.origin}/{n}" for n in range(5))), **{f"/{n}": GOOD for n in range(5)}}
    root = f"{shop.origin}/map.xml"

    first = crawl(root, "--max-pages", "2", "--format", "json")
    refused = crawl(root)
    rest = crawl(root, "--resume", "--format", "json")

    assert json.loads(first.stdout)["summary"]["unvisited"] == 3
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "Go on with --resume" in refused.stderr
    assert len(told(rest)) == 5
    assert [shop.asked.count(f"/{n}") for n in range(5)] == [1] * 5
    assert crawl(root, "--lang", "fr", "--resume").exit_code == 2, "reports in two languages do not go together"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_what_was_checked_outlives_the_process(folder: Path, how: signal.Signals) -> None:
    with slow_shop() as origin:
        (folder / "urls.txt").write_text("\n".join(f"{origin}/{n}" for n in range(12)))
        command = [sys.executable, "-m", "seo", "crawl", "urls.txt", "--state", "kept", "--concurrency", "1"]
        here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        # a run in the background ignores Ctrl+C, and what it starts would too
        before_us = signal.signal(signal.SIGINT, signal.default_int_handler)
        running = subprocess.Popen(command, env=here, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        signal.signal(signal.SIGINT, before_us)
        kept = folder / "kept" / "pages.jsonl"
        until = time.monotonic() + 60
        while time.monotonic() < until and (not kept.exists() or kept.read_bytes().count(b"\n") < 3):
            time.sleep(0.05)
        running.send_signal(how)
        stderr = running.communicate(timeout=30)[1]
        before = kept.read_bytes().count(b"\n")
        with kept.open("ab") as file:
            file.write(b'{"target": "torn')

        resumed = crawl("urls.txt", "--state", "kept", "--resume", "--format", "json")

    assert 3 <= before < 12
    assert len(told(resumed)) == 12
    assert len(json.loads(resumed.stdout)["pages"]) == 12
    if how != signal.SIGKILL:
        assert running.returncode == 2
        assert f"Interrupted after {before} of 12 pages" in stderr


def slow_shop(seconds: float = 0.2) -> "Site":
    return Site(seconds)


class Site:
    """A server that takes its time over each page, and knows bad manners: /drip, /loop, /bomb."""

    def __init__(self, seconds: float) -> None:  # noqa: C901 - one answer for each path
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                path = urlsplit(self.path).path
                if path == "/robots.txt":
                    self._send(404, b"")
                elif path == "/loop":
                    self._send(302, b"", ("Location", "/loop"))
                elif path == "/bomb":
                    self._send(200, gzip.compress(b"<p>x" * 50_000_000, 1), ("Content-Encoding", "gzip"))
                elif path == "/drip":
                    self._drip()
                else:
                    time.sleep(seconds)
                    self._send(200, GOOD.encode())

            def _send(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
                self.send_response(status)
                for name, value in (*headers, ("Content-Type", "text/html"), ("Content-Length", str(len(body)))):
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def _drip(self) -> None:
                self.send_response(200)
                self.end_headers()
                for _ in range(600):
                    self.wfile.write(b"<p>")
                    time.sleep(0.1)

            def log_message(self, format: str, *args: object) -> None:
                return

        class Quiet(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, request: object, client_address: object) -> None:
                """A client that leaves early is what these tests are about."""

        self._server = Quiet(("127.0.0.1", 0), Handler)

    def __enter__(self) -> str:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def test_bad_servers_cost_bounded_time_and_never_pass(folder: Path) -> None:
    with slow_shop(0) as origin:
        (folder / "urls.txt").write_text("\n".join(f"{origin}/{name}" for name in ("drip", "loop", "bomb", "fine")))
        started = time.monotonic()

        result = crawl("urls.txt", "--timeout", "2", "--format", "json")

    pages = told(result)
    assert time.monotonic() - started < 30
    assert result.exit_code == 2
    assert ["error" in pages[f"{origin}/{name}"] for name in ("drip", "loop", "fine")] == [True, True, False]
    bomb = {each["code"]: each["verdict"] for each in pages[f"{origin}/bomb"]["findings"]}  # type: ignore[attr-defined]
    assert bomb["HTTP-06"] == "fail"


def test_a_sitemap_that_unpacks_without_end_is_a_failure(shop: Shop) -> None:
    row = b"<url><loc>http://x</loc></url>"
    bomb = gzip.compress(b"<urlset>" + row * 400_000)
    shop.pages = {"/map.xml": bomb}

    result = crawl(f"{shop.origin}/map.xml")

    assert result.exit_code == 2
    assert "could not be read whole" in result.stdout


@pytest.mark.parametrize(
    "body",
    [
        b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>',
        b"<urlset><url>",
        b"\x1f\x8bno gzip",
    ],
)
def test_a_broken_sitemap_is_not_an_empty_one(body: bytes) -> None:
    assert sitemaps.listed(body).failure


def test_a_folder_is_checked_by_processes(folder: Path) -> None:
    saved = folder / "saved"
    (saved / "p").mkdir(parents=True)
    for n in range(6):
        (saved / "p" / f"{n}.html").write_text(GOOD if n else BAD, encoding="utf-8")
    (saved / "deep.html").write_text("<div>" * 10_000)
    (saved / "long.html").write_bytes(b"<p>word " * 6_500_000)
    (saved / "notes.txt").write_text("no page")
    rows = [{"product_name": "Brume teapot", "url": "https://shop.example/p/0.html"}] + [
        {"id": each.id, "author": each.author, "text": each.text, "product": "Brume teapot"}
        for each in samples.TRUTH.reviews
    ]
    (folder / "reviews.jsonl").write_text("\n".join(map(json.dumps, rows)))

    result = crawl("saved", "--processes", "2", "--format", "json", "--base-url", "https://shop.example",
                   "--reviews", "reviews.jsonl", "--output", "r.html")  # fmt: skip

    pages = told(result)
    assert len(pages) == 8
    verdicts = {
        target: {each["code"]: each["verdict"] for each in page["findings"]}  # type: ignore[attr-defined]
        for target, page in pages.items()
    }
    assert verdicts["saved/p/0.html"]["REV-01"] == "fail"
    assert verdicts["saved/p/1.html"]["REV-01"] == "not-evaluated"
    assert verdicts["saved/long.html"]["HTTP-06"] == "fail"
    assert "crashed" not in {verdict for page in verdicts.values() for verdict in page.values()}
    assert "The lid is a little loose" in (folder / "r.html").read_text()


@pytest.mark.parametrize("target", ["no-such-file", "empty"])
def test_nothing_to_check_ends_with_two(folder: Path, target: str) -> None:
    (folder / "empty").mkdir()

    result = crawl(target)

    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr


def test_each_page_is_drawn_when_that_is_asked_for(shop: Shop, folder: Path, chromium: str) -> None:
    text = "The lid stays on while pouring, and the glaze has kept its colour for a year of daily washing."
    draw = f"document.body.append(Object.assign(document.createElement('p'), {{textContent: {json.dumps(text)}}}))"
    shop.pages = {
        "/map.xml": listing(f"{shop.origin}/1"),
        "/1": '<!doctype html><body><script src="/draw.js"></script>',
        "/draw.js": draw,
    }
    row = {"id": "1", "author": "Ada", "text": text, "rating": 5, "url": f"{shop.origin}/1"}
    (folder / "reviews.jsonl").write_text(json.dumps(row))

    options = ("--format", "json", "--render", "--browser", chromium, "--reviews", "reviews.jsonl")
    page = told(crawl(f"{shop.origin}/map.xml", *options))[f"{shop.origin}/1"]

    assert page["rendering"] == {"done": True}
    assert [review["class"] for review in page["reviews"]] == ["rendered"]  # type: ignore[attr-defined]
