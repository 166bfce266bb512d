"""A browser's snapshot as HTML, without a browser: bounds, and what hostile pages put into names and texts."""

from typing import Any

import pytest

from seo.rendering import snapshot
from seo.rendering.visibility import STYLES

SEEN = ["visible", "1", "visible", "visible", "auto", "none", "static"]


class Drawing:
    """A snapshot in the making: elements and texts, each with a box."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self.nodes: dict[str, Any] = {
            name: [] for name in ("nodeType", "parentIndex", "nodeName", "nodeValue", "attributes")
        }
        self.roots: dict[int, str] = {}
        self.boxes: list[tuple[int, list[float]]] = []

    def node(self, kind: int, parent: int, name: str, value: str = "", **attributes: str) -> int:
        """Add a node that is laid out; gives its number."""
        number = len(self.nodes["nodeType"])
        pairs = [self._string(part) for pair in attributes.items() for part in pair]
        values = (kind, parent, self._string(name), self._string(value), pairs)
        for key, each in zip(self.nodes, values, strict=True):
            self.nodes[key].append(each)
        self.boxes.append((number, [0.0, 0.0, 50.0, 10.0]))
        return number

    def taken(self) -> dict[str, Any]:
        """As the browser's protocol has it."""
        styles = [self._string(style) for style in SEEN]
        assert len(styles) == len(STYLES)
        roots = {"index": list(self.roots), "value": [self._string(kind) for kind in self.roots.values()]}
        layout = {
            "nodeIndex": [number for number, _ in self.boxes],
            "bounds": [box for _, box in self.boxes],
            "styles": [styles for _ in self.boxes],
        }
        nodes = {**self.nodes, "shadowRootType": roots}
        document = {"documentURL": self._string("https://shop.example/"), "nodes": nodes, "layout": layout}
        return {"documents": [document], "strings": self.strings}

    def _string(self, text: str) -> int:
        self.strings.append(text)
        return len(self.strings) - 1


def test_names_and_texts_cannot_break_out_of_the_html() -> None:
    drawing = Drawing()
    body = drawing.node(1, -1, "BODY", **{'x"><script>': "1", "title": '"><script>alert(1)</script>'})
    drawing.node(3, body, "#text", "</body><script>alert(1)</script>")

    (document,) = snapshot.documents(drawing.taken())

    assert document.views().light == (
        '<!doctype html><body title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;">'
        "&lt;/body&gt;&lt;script&gt;alert(1)&lt;/script&gt;</body>"
    )


def test_an_open_root_within_a_closed_one_is_closed() -> None:
    drawing = Drawing()
    host = drawing.node(1, -1, "DIV")
    inner = drawing.node(1, host, "SPAN")
    text = drawing.node(3, inner, "#text", "deep")
    drawing.roots = {inner: "closed", text: "open"}

    views = snapshot.documents(drawing.taken())[0].views()

    assert (views.opened, "deep" in views.light, "deep" in views.drawn) == ("", False, True)


def test_deep_nesting_is_walked() -> None:
    drawing = Drawing()
    parent = drawing.node(1, -1, "BODY")
    for _ in range(20_000):
        parent = drawing.node(1, parent, "DIV")
    drawing.node(3, parent, "#text", "bottom")

    assert "bottom" in snapshot.documents(drawing.taken())[0].views().light


def test_a_page_that_draws_too_much_is_told_in_part(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "_MOST_CHARACTERS", 1000)
    drawing = Drawing()
    body = drawing.node(1, -1, "BODY")
    for number in range(100):
        drawing.node(3, body, "#text", f"text {number} " * 10)

    document = snapshot.documents(drawing.taken())[0]

    assert len(document.views().light) < 1500
    assert document.is_cut
