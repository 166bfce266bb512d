"""The second reader of microdata, extruct, and where it reads something else than ours. The only importer of extruct.

It builds an HTML 4 tree of the page as sent, as many readers do: where the two differ, the markup depends on who reads.
"""

import logging
from collections.abc import Iterator
from typing import Any

from seo.microdata import Microdata, MicrodataItem, MicrodataValue
from seo.page import Page

_log = logging.getLogger(__name__)
_MOST = 10
# the second reader gives these a shape of its own: https://schema.org/docs/actions.html
_SHAPED = ("-input", "-output")
_DEEPEST = 12


def items(html: str, *, base_url: str) -> list[dict[str, Any]] | None:
    """The top-level items as extruct gives them; None when it could not read them."""
    from extruct.w3cmicrodata import MicrodataExtractor

    try:
        return list(MicrodataExtractor(strict=True).extract(html, base_url=base_url))
    except Exception:  # noqa: BLE001 - whatever a hostile page makes its parsers raise, there is no second reading
        _log.info("the second reader could not read the microdata of %s", base_url, exc_info=True)
        return None


def differences(page: Page, ours: Microdata) -> list[str] | None:
    """What the two read differently, ten at most, as `path: ours ≠ theirs`; None when there is no second reading.

    Known habits of the second reader are no differences: it gives "" for what has no value attribute, ignores
    `content` on pictures, and orders properties by reference.
    """
    theirs = items(page.text, base_url=page.base_url)
    if theirs is None:
        return None
    listed = [*ours.items, *ours.strays]
    listed.sort(key=_order(page, listed))
    found: list[str] = []
    if len(listed) != len(theirs):
        # which is missing cannot be told, and comparing one with the next would tell nonsense
        return [f"items: {len(listed)} ≠ {len(theirs)}"]
    for number, (mine, other) in enumerate(zip(listed, theirs, strict=True)):
        found += _compared(mine, other, f"{number}", 0)
        if len(found) >= _MOST:
            break
    return found[:_MOST]


def _order(page: Page, listed: list[MicrodataItem]) -> Any:  # noqa: ANN401 - a key for sort
    wanted = {item.node.mem_id for item in listed}
    scopes = (node.mem_id for node, told in page.elements.marked if "itemscope" in told)
    place = {key: number for number, key in enumerate(scopes) if key in wanted}
    return lambda item: place.get(item.node.mem_id, 0)


def _compared(mine: MicrodataValue, other: Any, path: str, depth: int) -> Iterator[str]:  # noqa: ANN401
    if isinstance(mine, MicrodataItem) and isinstance(other, dict):
        if depth < _DEEPEST:
            yield from _compared_items(mine, other, path, depth)
    elif isinstance(mine, MicrodataItem) or isinstance(other, dict) or (other and _plain(mine) != _plain(str(other))):
        yield f"{path}: {_told(mine)} ≠ {_told(other)}"


def _compared_items(mine: MicrodataItem, other: dict[str, Any], path: str, depth: int) -> Iterator[str]:
    here = f"{path} {'/'.join(mine.types).rpartition('/')[2]}".strip()
    if list(mine.types) != list(other.get("type", [])):
        yield f"{here}: {' '.join(mine.types)!r} ≠ {' '.join(other.get('type', []))!r}"
        return
    theirs: dict[str, list[Any]] = other.get("properties", {})
    ours: dict[str, list[MicrodataValue]] = {}
    for name, value, _ in mine.properties:
        ours.setdefault(name, []).append(value)
    for name in dict.fromkeys((*ours, *theirs)):
        if name.endswith(_SHAPED):
            continue
        mine_here, theirs_here = ours.get(name, []), theirs.get(name, [])
        if len(mine_here) != len(theirs_here):
            yield f"{here}.{name}: {len(mine_here)} ≠ {len(theirs_here)}"
            continue
        for one, two in zip(mine_here, theirs_here, strict=True):
            yield from _compared(one, two, f"{here}.{name}", depth + 1)


def _plain(text: str) -> str:
    # both trees part words by elements, not always by the same blanks
    return "".join(text.split())


def _told(value: Any) -> str:  # noqa: ANN401 - either reader's value
    if isinstance(value, MicrodataItem):
        return f"item {' '.join(value.types)!r}"
    return (
        f"item {' '.join(value.get('type', []))!r}"
        if isinstance(value, dict)
        else repr(" ".join(str(value).split())[:60])
    )
