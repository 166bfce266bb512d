"""IDX-02: the HTML says noindex and a script removes it. A noindex that stays is noindex."""

from seo import directives
from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.sighted import without_rendering
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """A noindex of the HTML must still stand in the drawn page, or be in neither. Evidence: the one removed."""
    if reason := without_rendering(subject):
        return reason
    written = subject.googlebot.get("noindex")
    if written is None or subject.rendered is None:
        return NOT_APPLICABLE
    is_kept = "noindex" in directives.for_googlebot(subject.rendered.light.page)
    return passed(written.evidence) if is_kept else failed(written.evidence)


RULE = Rule(
    code="IDX-02",
    id="noindex-removed-by-scripts",
    severity=Severity.ERROR,
    title_pass="No script takes back a noindex",
    title_fail="A script takes back a noindex, which comes too late",
    why="A page that says noindex in its HTML may never be rendered, so the script that removes it does not run.",
    example=(
        '<meta name="robots" content="noindex"><script>document.querySelector("meta[name=robots]").remove()</script>'
    ),
    remedy="Leave noindex out of the HTML of pages that are to be indexed.",
    source="https://developers.google.com/search/docs/crawling-indexing/javascript/javascript-seo-basics",
    check=check,
)
