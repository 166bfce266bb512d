"""SD-01: a JSON-LD script is not valid JSON. What valid JSON-LD says is judged by other rules."""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """Every script must parse strictly. Evidence: line:column and the text around the first error of each."""
    scripts = subject.structured.scripts
    if not scripts:
        return NOT_APPLICABLE
    broken = [script for script in scripts if script.error]
    return failed_if([replace(s.evidence, excerpt=f"{s.error}: … {s.evidence.excerpt} …") for s in broken])


RULE = Rule(
    code="SD-01",
    id="broken-json-ld",
    severity=Severity.ERROR,
    title_pass="Every JSON-LD script is valid JSON",
    title_fail="A JSON-LD script is not valid JSON",
    why="A script that does not parse is ignored whole: its rating and reviews earn nothing.",
    example='{"@type": "Product", "name": "Teapot",}',
    remedy="Write the script with a JSON serialiser instead of a text template; see the place of the error.",
    source="https://www.w3.org/TR/json-ld11/#json-ld-grammar",
    check=check,
)
