"""IDX-01: a robots directive keeps the page out of the index. Directives that only shorten snippets are other rules."""

from seo import directives
from seo.findings import Evidence, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """No noindex or none may hold for Googlebot, in head, body or headers, nor be added by a script where the page was
    drawn. Evidence: the directive that does.
    """
    if directive := subject.googlebot.get("noindex"):
        return failed(directive.evidence)
    added = directives.for_googlebot(subject.rendered.light.page).get("noindex") if subject.rendered else None
    if added is None:
        return passed()
    return failed(Evidence(f"drawn: {added.evidence.excerpt}", css_path=added.evidence.css_path))


RULE = Rule(
    code="IDX-01",
    id="noindex",
    severity=Severity.ERROR,
    title_pass="No directive keeps the page out of the index",
    title_fail="A noindex directive keeps the page out of the index",
    why="With noindex in force neither the page nor its reviews and stars appear; a script cannot take it back.",
    example='<meta name="robots" content="noindex, follow">',
    remedy="Remove noindex (or none) from the robots meta element or the X-Robots-Tag header.",
    source="https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag",
    check=check,
)
