"""ROB-05: robots.txt keeps Google from the pictures of reviews. The page itself is page-disallowed."""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, not_evaluated, passed
from seo.review_photos import Photo
from seo.robots import RobotsFile, for_agents
from seo.rules.rule import Rule
from seo.subject import Subject

AGENTS = ("Googlebot-Image", "Googlebot")


def check(subject: Subject) -> Outcome:
    """The pictures in reviews must be allowed on their own hosts. Evidence: each that is not, and the line that says
    so.
    """
    photos = [photo for photo in subject.photos if photo.url.startswith("http")]
    if not photos:
        return NOT_APPLICABLE
    known = [subject.robots_of(photo.url) for photo in photos]
    blocked = [line for photo in photos if (line := _blocked(photo, subject))]
    if blocked:
        return failed(*blocked)
    return passed() if all(isinstance(file, RobotsFile) for file in known) else not_evaluated(subject.unasked())


def _blocked(photo: Photo, subject: Subject) -> Evidence | None:
    robots = subject.robots_of(photo.url)
    if not isinstance(robots, RobotsFile):
        return None
    decision = for_agents(robots, photo.url, agents=AGENTS)
    if decision.is_allowed or decision.line is None:
        return None
    told = f"{photo.url}: robots.txt:{decision.line.number} {decision.line.source}"
    return replace(photo.evidence, excerpt=told)


RULE = Rule(
    code="ROB-05",
    id="disallowed-review-photo",
    severity=Severity.WARNING,
    title_pass="Google may read the pictures of reviews",
    title_fail="robots.txt keeps Google from pictures of reviews",
    why="A picture that may not be crawled is in no image search and can stand in no rich result.",
    example="User-agent: *\nDisallow: /uploads/",
    remedy="Allow the folder of the pictures in the robots.txt of the host that serves them.",
    source="https://developers.google.com/search/docs/appearance/google-images",
    check=check,
)
