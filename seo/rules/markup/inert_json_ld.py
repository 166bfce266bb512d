"""SD-05: JSON-LD stands only where it is never live: in a template, noscript, comment or srcdoc."""

import re

from seo.drawn_text import inert_texts
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, passed
from seo.json_ld import MIME_TYPE
from seo.rules.rule import Rule
from seo.subject import Subject

_SCRIPT = re.compile(r"ld\+json|schema\.org", re.IGNORECASE)


def check(subject: Subject) -> Outcome:
    """When JSON-LD is written at all, at least one script of it must be live. Evidence: the containers that hold it."""
    if subject.structured.scripts:
        return passed()
    page = subject.page
    if not page.mentions(MIME_TYPE):
        return NOT_APPLICABLE
    held = [fragment for fragment in page.tree.template_fragments() if fragment.css_first('script[type*="ld+json" i]')]
    found = [
        Evidence("template", css_path=page.places.css_path(part.parent)) for part in held if part.parent is not None
    ]
    found += [
        Evidence(text.container, css_path=text.path)
        for text in inert_texts(page)
        if text.container in ("comment", "noscript") and _SCRIPT.search(text.text)
    ]
    found += [
        Evidence("iframe srcdoc", css_path=page.places.css_path(node))
        for node in page.tree.css("iframe[srcdoc]")
        if MIME_TYPE in (node.attributes.get("srcdoc") or "").lower()
    ]
    return failed(*found) if found else NOT_APPLICABLE


RULE = Rule(
    code="SD-05",
    id="inert-json-ld",
    severity=Severity.WARNING,
    title_pass="JSON-LD stands where it is live",
    title_fail="JSON-LD stands only where it is never live",
    why="In a template, noscript, comment or frame a script is no part of the page, and its rating belongs to nobody.",
    example='<template><script type="application/ld+json">…</script></template>',
    remedy="Move the script into the head or the body itself.",
    source="https://html.spec.whatwg.org/multipage/scripting.html#the-template-element",
    check=check,
)
