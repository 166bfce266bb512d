"""Safe XML of feeds and sitemaps, written piece by piece. Which elements there are is each format's own."""

from collections.abc import Iterator
from html import escape

from seo.markup.escaping import clean

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'


def text_of(value: str) -> str:
    """Text for an element or a double-quoted attribute: one control character would void the whole file."""
    return escape(clean(value), quote=True)


def element(name: str, value: str, **attributes: str) -> str:
    """`<name attribute="...">value</name>`, or nothing at all for an empty value."""
    told = text_of(value)
    if not told:
        return ""
    held = "".join(f' {key}="{text_of(each)}"' for key, each in attributes.items())
    return f"<{name}{held}>{told}</{name}>"


def around(name: str, *parts: str) -> str:
    """The parts inside one element; nothing when all of them are empty."""
    inner = "".join(parts)
    return f"<{name}>{inner}</{name}>" if inner else ""


def encoded(parts: Iterator[str]) -> Iterator[bytes]:
    """The same as UTF-8."""
    for part in parts:
        yield part.encode()
