"""Is a laid-out text to be seen? Boxes and computed styles of a browser's snapshot; what it means for a review is
sightings.py's.

Not judged: a text in the colour of its ground, one that another element covers, and what a box with a size cuts off.
"""

from collections.abc import Sequence
from typing import Any

STYLES = ("visibility", "opacity", "overflow-x", "overflow-y", "clip", "clip-path", "position")
_CLIPPING = frozenset({"hidden", "clip"})
# a box of one pixel shows nothing: the usual way to hide a text from the eye and keep it for screen readers
_LEAST_PIXELS = 1.0
_EMPTY_CLIPS = ("rect(0px, 0px, 0px, 0px)", "rect(1px, 1px, 1px, 1px)")
_EMPTY_CLIP_PATHS = ("inset(50%)", "inset(100%)", "circle(0px)", "circle(0%)", "polygon(0px 0px, 0px 0px, 0px 0px)")


class Boxes:
    """The layout of one document. Questions about ancestors are answered once for each element."""

    def __init__(self, layout: dict[str, Any], strings: Sequence[str], parents: Sequence[int]) -> None:
        self._boxes: dict[int, tuple[float, float, float, float]] = {}
        self._styles: dict[int, dict[str, str]] = {}
        self._parents = parents
        self._causes: dict[int, str] = {-1: ""}
        for node, bounds, styles in zip(layout["nodeIndex"], layout["bounds"], layout["styles"], strict=True):
            self._boxes.setdefault(node, tuple(bounds))
            named = zip(STYLES, (strings[style] if style >= 0 else "" for style in styles), strict=False)
            self._styles.setdefault(node, dict(named))

    def hidden_because(self, text: int) -> str:
        """Why this text node cannot be seen; empty when it can."""
        box = self._boxes.get(text)
        if box is None:
            return "display: none"
        left, top, width, height = box
        if self._styles[text].get("visibility") in ("hidden", "collapse"):
            return "visibility: hidden"
        if width <= 0 or height <= 0:
            return "0 px"
        if left + width <= 0 or top + height <= 0:
            return "off-screen"
        return self._hidden_by_ancestors(self._parents[text])

    def _hidden_by_ancestors(self, element: int) -> str:
        chain: list[int] = []
        while element not in self._causes:
            chain.append(element)
            element = self._parents[element]
        cause = self._causes[element]
        for each in reversed(chain):
            cause = cause or self._hides(each)
            self._causes[each] = cause
        return cause

    def _hides(self, element: int) -> str:
        styles, box = self._styles.get(element), self._boxes.get(element)
        if styles is None or box is None:
            return ""
        if styles.get("opacity") == "0":
            return "opacity: 0"
        is_taken_out = styles.get("position") in ("absolute", "fixed")
        if is_taken_out and styles.get("clip") in _EMPTY_CLIPS:
            return "clip"
        if styles.get("clip-path") in _EMPTY_CLIP_PATHS:
            return "clip-path"
        narrow = styles.get("overflow-x") in _CLIPPING and box[2] <= _LEAST_PIXELS
        flat = styles.get("overflow-y") in _CLIPPING and box[3] <= _LEAST_PIXELS
        return "0 px" if narrow or flat else ""
