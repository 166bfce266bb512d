"""How fast are many pages checked? `python -m benchmarks.seo_crawl [PAGES]`

Saved pages with one process and with two, alternating, and their memory; then a crawl over loopback beside it. The
pages are the fixture samples, each written many times. Writes the table of README.md.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.seo import samples

PAGES = 10_000
ROUNDS = 2
# with it a page is as long as the median of real product pages, about 250 KB
_FILLER = "<div class=line><p>A teapot pours, and the cup under it is <b>dry</b>.</p></div>\n" * 3200


def main() -> None:
    """Write the pages, check them each way, and print what it took."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    with tempfile.TemporaryDirectory() as folder:
        pages = Path(folder) / "pages"
        _write(pages, count)
        seconds: dict[int, list[float]] = {1: [], 2: []}
        for _ in range(ROUNDS):
            for processes, measured in seconds.items():
                took, _ = _crawl(folder, str(pages), "--processes", str(processes))
                measured.append(took)
                print(f"{processes} processes: {count / took:.0f} pages/s", file=sys.stderr)
        few = _crawl(folder, str(pages), "--processes", "2", "--max-pages", str(count // 10))[1]
        many = _crawl(folder, str(pages), "--processes", "2")[1]
        loopback = _over_loopback(folder, pages, count)
    best = {processes: min(took) for processes, took in seconds.items()}
    print(f"| saved, 1 process | {count / best[1]:.0f} pages/s |")
    print(f"| saved, 2 processes | {count / best[2]:.0f} pages/s, {best[1] / best[2]:.2f} times one |")
    print(f"| largest process at {count // 10} / {count} pages | {few / 1024:.0f} / {many / 1024:.0f} MB |")
    print(f"| over loopback, 4 at a time | {count / loopback:.0f} pages/s |")


def _write(pages: Path, count: int) -> None:
    pages.mkdir()
    bodies = [samples.sample("REV-01", kind) + _FILLER for kind in ("good", "bad")]
    for number in range(count):
        (pages / f"{number}.html").write_text(bodies[number % 2], encoding="utf-8")


def _crawl(folder: str, target: str, *options: str) -> tuple[float, int]:
    """Seconds, and the kilobytes of the largest process."""
    command = [sys.executable, "-m", "seo", "crawl", target, "--fresh", "--output", f"{folder}/report.json", *options]
    started = time.monotonic()
    with (Path(folder) / "out.txt").open("w") as out:
        running = subprocess.Popen([*command, "--state", f"{folder}/state"], stdout=out, env={**os.environ})
        _, status, usage = os.wait4(running.pid, 0)
    assert os.waitstatus_to_exitcode(status) in (0, 1), status
    return time.monotonic() - started, usage.ru_maxrss


def _over_loopback(folder: str, pages: Path, count: int) -> float:
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(pages)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    addresses = Path(folder) / "urls.txt"
    addresses.write_text("\n".join(f"http://127.0.0.1:{server.server_port}/{number}.html" for number in range(count)))
    took, _ = _crawl(folder, str(addresses), "--concurrency", "4")
    server.shutdown()
    server.server_close()
    return took


if __name__ == "__main__":
    main()
