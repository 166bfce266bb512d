"""A text cut at the passages that screens mean, for templates to mark. Escaping is the templates' own."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, marked or not."""

    text: str
    marked: bool


def pieces(text: str, spans: Iterable[Mapping[str, str | int]], field: str) -> list[Piece]:
    """`text` in order, whole: the [start, end) of every span of `field` is marked; overlapping ones are joined."""
    marked = _joined(sorted(_bounds(span, len(text)) for span in spans if span.get("field") == field))
    cut: list[Piece] = []
    place = 0
    for start, end in marked:
        cut += [Piece(text[place:start], marked=False), Piece(text[start:end], marked=True)]
        place = end
    cut.append(Piece(text[place:], marked=False))
    return [piece for piece in cut if piece.text]


def passages(text: str, spans: Iterable[Mapping[str, str | int]], field: str) -> list[Piece]:
    """The marked pieces alone."""
    return [piece for piece in pieces(text, spans, field) if piece.marked]


def _bounds(span: Mapping[str, str | int], length: int) -> tuple[int, int]:
    start, end = int(span.get("start", 0)), int(span.get("end", 0))
    return max(0, min(start, length)), max(0, min(end, length))


def _joined(bounds: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in bounds:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined
