"""How a shopper's words become safe in a page: cleaning once for all forms, then escaping for each. No tags
are made here.
"""

import html
import json
import re
import unicodedata

# What no page may hold: C0 and C1 controls but tab and newline, lone surrogates, noncharacters. An HTML
# parser drops or replaces them while a JSON parser keeps them, so that the two forms would tell different
# things.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef]|["
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0x110000, 0x10000))
    + "]"
)
# Overrides and isolates that a shopper leaves open would turn the rest of the page around.
_BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_JSON_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_WEB_URL = re.compile(r"https?://[^\s/\"'<>\\`\x00-\x1f\x7f-\x9f][^\s\"<>\\`\x00-\x1f\x7f-\x9f]*", re.IGNORECASE)
_JSON_RISKY = re.compile("[<>&\u2028\u2029]")


def clean(text: str) -> str:
    """The text as every form writes it: NFC, plain newlines, no controls, no ends of white space.

    Harmless characters (emoji, right-to-left letters, quotes, tags written as text) stay as they are.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = _BIDI_CONTROLS.sub("", _FORBIDDEN.sub("", text))
    return unicodedata.normalize("NFC", text).strip()


def one_line(text: str) -> str:
    """`clean`, with every run of white space as one blank: for names, titles and attributes."""
    return " ".join(clean(text).split())


def as_text(text: str) -> str:
    """Cleaned text for an element's content or a double-quoted attribute."""
    return html.escape(clean(text), quote=True)


def as_attribute(text: str) -> str:
    """One-line text for a double-quoted attribute."""
    return html.escape(one_line(text), quote=True)


def as_script_json(document: object) -> str:
    """JSON that may stand inside `<script>`: `</script>` and `<!--` cannot occur, whatever the strings hold.

    Source: https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _JSON_RISKY.sub(lambda match: _JSON_ESCAPES[match.group()], text)


def web_url(url: str) -> str:
    """The address if it is absolute http(s) and holds nothing that ends an attribute, else an empty string.

    `javascript:` and relative addresses never reach a page.
    """
    return url if _WEB_URL.fullmatch(url) else ""
