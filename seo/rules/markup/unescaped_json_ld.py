"""SD-13: a JSON-LD script holds characters that HTML may take for its own. What does not parse is broken-json-ld."""

import re

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed_if
from seo.json_ld import Script
from seo.rules.rule import Rule
from seo.subject import Subject

_DANGEROUS = re.compile(r"<!--|<script", re.IGNORECASE)
# what a script that ended at a customer's </script> looks like
_CUT = "Unterminated string"


def check(subject: Subject) -> Outcome:
    """No `<!--` or `<script` inside, and none that ends within a string. Evidence: the place."""
    scripts = subject.structured.scripts
    if not scripts:
        return NOT_APPLICABLE
    return failed_if([shown for script in scripts if (shown := _fault(script, subject))])


def _fault(script: Script, subject: Subject) -> Evidence | None:
    body = script.source.strip()
    found = None if body.startswith("<!--") else _DANGEROUS.search(body)
    if found:
        near = " ".join(body[max(0, found.start() - 20) : found.end() + 20].split())
        offset = subject.page.places.offset(body[found.start() : found.end() + 20])
        return Evidence(f"… {near} …", offset=offset, css_path=script.evidence.css_path)
    return Evidence(script.error, script.evidence.offset, script.evidence.css_path) if _CUT in script.error else None


RULE = Rule(
    code="SD-13",
    id="unescaped-json-ld",
    severity=Severity.INFO,
    title_pass="JSON-LD scripts hold nothing that HTML takes for its own",
    title_fail="A JSON-LD script holds characters that HTML takes for its own",
    why=(
        "`</script` in a review ends the script, `<!--` can swallow what follows: the markup breaks, and worse can"
        " be slipped in."
    ),
    example='"reviewBody": "Great <!-- really -->"',
    remedy="Write < as \\\\u003c in every JSON string that stands in HTML.",
    source="https://html.spec.whatwg.org/multipage/scripting.html#restrictions-for-contents-of-script-elements",
    check=check,
)
