"""The optional third-party pages, where they are: real ones and the samples of other projects."""

import os
from pathlib import Path

import pytest

CORPUS = Path(os.environ.get("FIDELIO_TEST_DATA") or Path(__file__).parents[3] / "shared" / "data") / "seo"
needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the optional third-party corpus is not here (seo/)")


def pages(*, holding: bytes = b"") -> list[Path]:
    """The saved pages whose source holds these bytes, in any case, by name."""
    found = sorted(path for path in CORPUS.rglob("*.html") if path.is_file())
    return [path for path in found if holding.lower() in path.read_bytes().lower()]
