"""The saved real pages that the benchmarks of the check read. They are a third party's and optional."""

import gzip
import os
import sys
from pathlib import Path

CORPUS = Path(os.environ.get("FIDELIO_TEST_DATA") or Path(__file__).parents[2] / "shared" / "data") / "seo"


def real_pages() -> list[bytes]:
    """Product pages of shops as they were saved, in order of their names."""
    return [gzip.decompress(path.read_bytes()) for path in real_paths()]


def real_paths() -> list[Path]:
    """Where they lie. Ends the program with a sentence where there are none."""
    found = sorted((CORPUS / "product-pages" / "html").glob("*.html.gz"))
    if not found:
        sys.exit(f"skipped: the optional third-party corpus is not here ({CORPUS / 'product-pages'})")
    return found


def every_page() -> list[bytes]:
    """All saved pages of the corpus: real ones, and the samples of other projects."""
    plain = [path.read_bytes() for path in sorted(CORPUS.rglob("*.html"))]
    return real_pages() + plain
