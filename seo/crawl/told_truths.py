"""The truth of many pages from one file of JSON lines, found by each product's address. One product's lines are
truth.py's.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

from seo import truth as truths
from seo.sitemaps import comparable
from seo.truth import Truth, UnreadableTruthError


def by_address(path: Path) -> Callable[[str], Truth | None]:
    """What finds a page's truth: each product has a line with `product_name` and `url`, and its reviews its name as
    `product`. None for a page that is no product's.

    OSError, UnicodeDecodeError and UnreadableTruthError when the file cannot be read.
    """
    lines: dict[str, list[str]] = defaultdict(list)
    names: dict[str, str] = {}
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            name, url = _named(number, line)
            lines[name].append(line)
            if url:
                names[comparable(url)] = name
    # every line is read once here, so that a broken one is told before the crawl begins
    found = {name: truths.from_jsonl(lines[name], product=name) for name in lines}
    return lambda url: found.get(names.get(comparable(url), ""))


def _named(number: int, line: str) -> tuple[str, str]:
    try:
        row = json.loads(line) if line.strip() else {}
    except ValueError as error:
        raise UnreadableTruthError(f"line {number}: {error}") from error
    if not isinstance(row, dict):
        raise UnreadableTruthError(f"line {number}: not an object")
    is_product = "product_name" in row and "text" not in row
    return str(row.get("product") or row.get("product_name") or ""), str(row.get("url") or "") if is_product else ""
