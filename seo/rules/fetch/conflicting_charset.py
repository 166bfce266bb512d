"""HTTP-07: header, byte order mark and markup name different character sets, or drawn text was lost in decoding."""

from seo.charsets import declared
from seo.drawn_text import drawn_pieces
from seo.findings import Evidence, Outcome, Reason, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.subject import Subject

_LOST = "\ufffd"
_MOST = 5
_NONE = Evidence("charset", css_path="html > head")


def check(subject: Subject) -> Outcome:
    """All declarations must name one encoding, and no drawn text may hold U+FFFD. Evidence: each declaration, each
    loss.
    """
    page = subject.page
    told = declared(page)
    lost = tuple(_losses(subject)) if _LOST in page.text else ()
    if len({entry.encoding for entry in told}) > 1 or any(not entry.encoding for entry in told):
        return failed(*(entry.evidence for entry in told), *lost)
    if not told and not page.raw.isascii():
        # a header may have said it
        return not_evaluated(Reason.SAVED_FILE) if page.status is None else failed(_NONE, *lost)
    return failed(*lost) if lost else passed()


def _losses(subject: Subject) -> list[Evidence]:
    page = subject.page
    lost = [piece for piece in drawn_pieces(page.tree.root) if _LOST in piece.text] if page.tree.root else []
    return [_shown(piece.text, page.places.css_path(piece.node), page.undecodable) for piece in lost[:_MOST]]


def _shown(text: str, path: str, offset: int | None) -> Evidence:
    at = text.index(_LOST)
    return Evidence(" ".join(text[max(0, at - 30) : at + 30].split()), offset=offset, css_path=path)


RULE = Rule(
    code="HTTP-07",
    id="conflicting-charset",
    severity=Severity.WARNING,
    title_pass="The page names one character set and keeps to it",
    title_fail="The page names several character sets, none, or breaks its own",
    why=(
        "A reader that takes the other set sees é for é, and the text of a review no longer matches what people "
        "search for."
    ),
    example='Content-Type: text/html; charset=iso-8859-1 … <meta charset="utf-8">',
    remedy="Save and serve everything as UTF-8, and say so both in the header and in the first meta element.",
    source="https://html.spec.whatwg.org/multipage/semantics.html#charset",
    check=check,
)
