"""Does the review feed's memory grow with the shop? `python -m benchmarks.review_feed`

Each size is exported by a process of its own, whose peak memory the system tells; beside it, in alternation, the
floor: the same rows read by one bare statement and written as lines of JSON.
"""

import json
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from benchmarks.review_rows import seeded
from core.db import Database
from publishing import feeds
from publishing.feeds import Tally
from shop import storefronts

SIZES = (1_000, 100_000, 1_000_000)
ROUNDS = 3
_BARE = (
    "SELECT r.id, r.display_name, r.verification, r.published_at, v.title, v.body, r.locale, r.rating, p.handle "
    "FROM review r JOIN review_revision v ON v.review_id = r.id AND v.no = r.public_revision_no "
    "JOIN product p ON p.id = r.product_id WHERE r.status = 'PUBLISHED' AND r.counted ORDER BY r.id"
)


def main() -> None:
    """Print the table."""
    print("| reviews | peak MB (low / median / high) | reviews a second | over the floor, seconds |")
    print("| --- | --- | --- | --- |")
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "bench.db"
            seeded(path, reviews=size)
            runs = [(_child("feed", path), _child("floor", path)) for _ in range(ROUNDS)]
        peaks = sorted(feed[0] for feed, _ in runs)
        speed = median(size / feed[1] for feed, _ in runs)
        ratio = median(feed[1] / bare[1] for feed, bare in runs)
        print(f"| {size:,} | {' / '.join(f'{peak:.0f}' for peak in peaks)} | {speed:,.0f} | {ratio:.1f} |")


def _child(what: str, path: Path) -> tuple[float, float]:
    """Peak megabytes and seconds of one export in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.review_feed", what, str(path)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    peak, seconds = json.loads(told)
    return peak, seconds


def export(what: str, path: Path) -> None:
    """The child's part: write everything into nothing, then tell the peak and the time."""
    started = time.perf_counter()
    with Path("/dev/null").open("wb") as sink:
        if what == "feed":
            database = Database.open(f"sqlite:///{path}")
            with database.reading() as session:
                site = storefronts.by_handle(session, "bench")
                assert site is not None
                for piece in feeds.google_feed(session, site, Tally()):
                    sink.write(piece.encode())
        else:
            for row in sqlite3.connect(path).execute(_BARE):
                sink.write(json.dumps(row).encode())
    seconds = time.perf_counter() - started
    print(json.dumps((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, seconds)))


if __name__ == "__main__":
    if len(sys.argv) > 1:
        export(sys.argv[1], Path(sys.argv[2]))
    else:
        main()
