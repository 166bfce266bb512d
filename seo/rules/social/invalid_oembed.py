"""OE-01: the page links an oEmbed answer that is none. Pages without oEmbed are fine."""

import json

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, not_evaluated, passed
from seo.rules.rule import Rule
from seo.subject import Subject

_NEEDED = {
    "photo": ("url", "width", "height"),
    "video": ("html", "width", "height"),
    "rich": ("html", "width", "height"),
    "link": (),
}


def check(subject: Subject) -> Outcome:
    """The answer must be JSON with version 1.0, a type, and what the type needs. Evidence: link and what is wrong."""
    for node in subject.page.links:
        if (node.attributes.get("type") or "").strip().lower() == "application/json+oembed":
            written = node.attributes.get("href") or ""
            answer = subject.answer(subject.page.resolve(written))
            if answer is None:
                return not_evaluated(subject.unasked())
            places = subject.page.places
            fault = _fault(answer.fetched.body) if answer.fetched and answer.status == 200 else answer.said
            told = Evidence(f"{written[:120]}: {fault}", places.tag_offset("link", written), places.css_path(node))
            return failed(told) if fault else passed()
    return NOT_APPLICABLE


def _fault(body: bytes) -> str:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError) as error:
        return f"no JSON: {error}"[:80]
    if not isinstance(told, dict):
        return "no object"
    if str(told.get("version")) != "1.0":
        return f"version={told.get('version')!r}"
    kind = told.get("type")
    if kind not in _NEEDED:
        return f"type={kind!r}"
    needed = [*_NEEDED[kind], *(("thumbnail_width", "thumbnail_height") if "thumbnail_url" in told else ())]
    missing = [name for name in needed if not told.get(name)]
    return f"{kind} without {', '.join(missing)}" if missing else ""


RULE = Rule(
    code="OE-01",
    id="invalid-oembed",
    severity=Severity.INFO,
    title_pass="The oEmbed answer is valid",
    title_fail="The oEmbed answer is not valid",
    why="An embedder that gets an answer it cannot use shows a bare link.",
    example='{"type": "rich", "version": "1.0", "html": "…"} without width and height',
    remedy="Answer with version 1.0, one of the four types, and the fields that the type needs.",
    source="https://oembed.com/#section2.3",
    check=check,
)
