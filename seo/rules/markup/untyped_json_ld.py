"""SD-02: a JSON-LD node lacks its @context or @type, or speaks another vocabulary. Broken JSON is broken-json-ld."""

from dataclasses import replace
from typing import Any

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every top-level node needs the schema.org @context and a @type. Evidence: what the node has instead."""
    nodes = [(node, script.evidence) for script in subject.structured.scripts for node in script.nodes]
    if not nodes:
        return NOT_APPLICABLE
    return failed_if([shown for node, place in nodes if (shown := _fault(node, place))])


def _fault(node: dict[str, Any], place: Evidence) -> Evidence | None:
    context = node.get("@context")
    if "schema.org" not in str(context):
        return replace(place, excerpt=f"@context: {context!r}"[:80])
    # a node that only lends its @id to others needs no type
    if not node.get("@type") and set(node) - {"@context", "@id"}:
        return replace(place, excerpt=f"@type: {node.get('@type')!r}"[:80])
    return None


RULE = Rule(
    code="SD-02",
    id="untyped-json-ld",
    severity=Severity.ERROR,
    title_pass="Every JSON-LD node names schema.org and its type",
    title_fail="A JSON-LD node lacks its @context or @type",
    why="Without both, a reader of markup cannot know what the properties mean, and skips the node.",
    example='{"name": "Teapot", "aggregateRating": {…}}',
    remedy='Begin every script with "@context": "https://schema.org" and give every node its "@type".',
    source="https://developers.google.com/search/docs/appearance/structured-data/sd-policies",
    check=check,
)
