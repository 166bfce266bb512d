"""ROB-08: robots.txt names no sitemap, or one that is not there. What stands in a sitemap is other rules'."""

from seo.findings import Evidence, Outcome, Reason, Severity, failed, failed_if, not_evaluated
from seo.robots import RobotsFile
from seo.rules.rule import Rule
from seo.subject import Subject


def check(subject: Subject) -> Outcome:
    """At least one `Sitemap:` with an absolute address that answers 200. Evidence: the lines that are not so."""
    robots = subject.robots
    if not isinstance(robots, RobotsFile):
        return not_evaluated(Reason.SAVED_FILE if robots is None else Reason.ROBOTS_UNREACHABLE)
    lines = [line for line in robots.lines if line.field == "sitemap"]
    if not lines:
        return failed(Evidence("Sitemap:", url=robots.url))
    maps = subject.around.sitemaps if subject.around else None
    answers = {file.url: file.failure or str(file.status) for file in maps.files} if maps else {}
    wrong = []
    for line in lines:
        told = answers.get(line.value, "200")
        if not line.value.startswith(("http://", "https://")) or told != "200":
            excerpt = line.source if told == "200" else f"{line.source} → {told}"
            wrong.append(Evidence(excerpt, offset=line.offset, line=line.number, url=robots.url))
    return failed_if(wrong)


RULE = Rule(
    code="ROB-08",
    id="missing-sitemap-line",
    severity=Severity.WARNING,
    title_pass="robots.txt names the sitemap",
    title_fail="robots.txt names no sitemap that is there",
    why=(
        "Crawlers that nobody registered the sitemap with find it by this line alone; a relative or dead address "
        "is ignored."
    ),
    example="Sitemap: /sitemap.xml",
    remedy="Add a line such as Sitemap: https://shop.example/sitemap.xml with the whole address.",
    source="https://developers.google.com/crawling/docs/robots-txt/robots-txt-spec",
    check=check,
)
