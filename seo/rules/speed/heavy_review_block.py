"""PERF-01: the reviews take more HTML than they are worth. What scripts cost in a browser is not measured here."""

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.subject import Subject

MOST_BYTES = 100 * 1024


def check(subject: Subject) -> Outcome:
    """The elements that look like reviews must not exceed 100 KiB of HTML together. Evidence: their size, the largest
    one.
    """
    found = subject.review_boxes
    if not found:
        return NOT_APPLICABLE
    sizes = [(len((node.html or "").encode()), node) for node in found]
    total = sum(size for size, _ in sizes)
    largest = max(sizes, key=lambda pair: pair[0])[1]
    evidence = Evidence(f"{total} bytes", css_path=subject.page.places.css_path(largest))
    return failed(evidence) if total > MOST_BYTES else passed(evidence)


RULE = Rule(
    code="PERF-01",
    id="heavy-review-block",
    severity=Severity.INFO,
    title_pass="The reviews take little HTML",
    title_fail="The reviews take much HTML",
    why="A heavy block delays the page for everyone, and brings the limit of what is read nearer.",
    example="40 reviews with 5 KB of inlined icons each",
    remedy="Use one icon for all stars, leave inlined styles out, and link further pages.",
    source="https://developers.google.com/search/docs/appearance/core-web-vitals",
    check=check,
)
