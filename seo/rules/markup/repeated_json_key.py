"""SD-03: a JSON-LD object has a key twice, or a number that JSON does not know. Other errors are broken-json-ld."""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.json_ld import oddities
from seo.rules.rule import Rule
from seo.subject import Subject

_MOST = 10


def check(subject: Subject) -> Outcome:
    """No key twice in one object; no NaN or Infinity. Evidence: script and key."""
    scripts = subject.structured.scripts
    if not scripts:
        return NOT_APPLICABLE
    return failed_if([replace(s.evidence, excerpt=told) for s in scripts for told in oddities(s.source)][:_MOST])


RULE = Rule(
    code="SD-03",
    id="repeated-json-key",
    severity=Severity.WARNING,
    title_pass="No JSON-LD key is written twice",
    title_fail="A JSON-LD key is written twice, or a number is no JSON",
    why=(
        "Of two equal keys most readers keep the last without a word, so that one part of the shop silently "
        "overrules another."
    ),
    example='{"@type": "Product", "aggregateRating": {…}, "aggregateRating": {…}}',
    remedy="Build the object once and serialise it; write a list where there are several values.",
    source="https://www.rfc-editor.org/rfc/rfc8259#section-4",
    check=check,
)
