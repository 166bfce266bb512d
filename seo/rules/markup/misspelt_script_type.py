"""SD-04: a JSON-LD script's type is written in a way that many readers skip. What it says is judged all the same."""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.json_ld import MIME_TYPE
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """The type must be exactly application/ld+json. Evidence: each that is not."""
    scripts = subject.structured.scripts
    if not scripts:
        return NOT_APPLICABLE
    return failed_if([replace(s.evidence, excerpt=f"type={s.kind!r}") for s in scripts if s.kind != MIME_TYPE])


RULE = Rule(
    code="SD-04",
    id="misspelt-script-type",
    severity=Severity.WARNING,
    title_pass="JSON-LD scripts have exactly their type",
    title_fail="A JSON-LD script's type is written in another way",
    why="Many readers compare the type letter by letter, and skip a script with a charset or capitals in it.",
    example='<script type="application/ld+json; charset=utf-8">',
    remedy='Write type="application/ld+json" and nothing else.',
    source="https://www.w3.org/TR/json-ld11/#embedding-json-ld-in-html-documents",
    check=check,
)
