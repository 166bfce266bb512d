"""ROB-03: robots.txt is too long, no text or not UTF-8. What its lines say is other rules'."""

from seo.findings import Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.robots import READ_BYTES, RobotsFile
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """At most 500 KiB of UTF-8 text, and no HTML page in its place. Evidence: the size, or the first bytes that show
    it.
    """
    robots = subject.robots
    if not isinstance(robots, RobotsFile):
        return not_evaluated(Reason.SAVED_FILE if robots is None else Reason.ROBOTS_UNREACHABLE)
    found = []
    begins = robots.begins.decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    if begins.startswith("<"):
        found.append(Evidence(" ".join(begins[:60].split()), offset=0, url=robots.url))
    if robots.is_long:
        found.append(Evidence(f"over {READ_BYTES} bytes", offset=READ_BYTES, url=robots.url))
    if robots.undecodable is not None:
        found.append(Evidence("not UTF-8", offset=robots.undecodable, url=robots.url))
    return failed_if(found)


RULE = Rule(
    code="ROB-03",
    id="malformed-robots-file",
    severity=Severity.WARNING,
    title_pass="robots.txt is a short text in UTF-8",
    title_fail="robots.txt is too long, an HTML page, or not UTF-8",
    why=(
        "Only the first 500 KiB are read, and what is no plain text is skipped line by line: rules go lost without"
        " a word."
    ),
    example="GET /robots.txt → <!doctype html><title>Shop</title>",
    remedy="Serve robots.txt as a short static text file in UTF-8, or answer 404 when there is none.",
    source="https://www.rfc-editor.org/rfc/rfc9309#section-2.5",
    check=check,
)
