"""OG-01: the page lacks one of the four basic Open Graph tags. How they are written is judged by other rules."""

from seo.findings import Evidence, Outcome, Severity, failed, passed
from seo.rules.rule import Rule
from seo.social_tags import first
from seo.subject import Subject

REQUIRED = ("og:title", "og:type", "og:image", "og:url")


def check(subject: Subject) -> Outcome:
    """og:title, og:type, og:image and og:url must each have a content. Evidence: those that do not."""
    missing = [name for name in REQUIRED if first(subject.social, name) is None]
    return failed(Evidence(", ".join(missing), css_path="html > head")) if missing else passed()


RULE = Rule(
    code="OG-01",
    id="missing-open-graph",
    severity=Severity.ERROR,
    title_pass="The four basic Open Graph tags are there",
    title_fail="Basic Open Graph tags are missing",
    why="Without title, type, image and url a share of the page shows what each network happens to find.",
    example='<meta property="og:title" content="Teapot"> and nothing else',
    remedy="Write og:title, og:type, og:image and og:url into the head of every product page.",
    source="https://ogp.me/#metadata",
    check=check,
)
