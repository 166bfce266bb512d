"""OG-07: the share picture cannot be had, or is no picture. Its size is unfit-share-image."""

from dataclasses import replace

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed, not_evaluated, passed
from seo.robots import RobotsFile, for_agents
from seo.rules.rule import Rule
from seo.share_images import ShareImage, share_images
from seo.subject import Subject

_MOST = 4
_BOT = "facebookexternalhit"


def check(subject: Subject) -> Outcome:
    """Every og:image must answer 200 with an image type, and be allowed to networks. Evidence: what it answers."""
    images = share_images(subject)[:_MOST]
    if not images:
        return NOT_APPLICABLE
    wrong = [shown for image in images if (shown := _fault(image, subject))]
    if wrong:
        return failed(*wrong)
    return passed() if all(image.answer for image in images) else not_evaluated(subject.unasked())


def _fault(image: ShareImage, subject: Subject) -> Evidence | None:
    answer = image.answer
    if answer is None:
        return None
    told = ""
    robots = subject.robots_of(image.url)
    decision = for_agents(robots, image.url, agents=(_BOT,)) if isinstance(robots, RobotsFile) else None
    if decision and decision.line and not decision.is_allowed:
        told = f"robots.txt:{decision.line.number} {decision.line.source}"
    elif answer.fetched is None or answer.status != 200:
        told = answer.said
    elif not answer.content_type.startswith("image/"):
        told = answer.content_type or "no type"
    return replace(image.root.evidence, excerpt=f"{image.url}: {told}") if told else None


RULE = Rule(
    code="OG-07",
    id="unreachable-share-image",
    severity=Severity.ERROR,
    title_pass="The share picture can be had",
    title_fail="The share picture cannot be had",
    why="A network that gets no picture shows the share without one, and keeps that for days.",
    example="https://cdn.example/teapot.jpg → 404",
    remedy=(
        "Let og:image name a picture that answers 200 with its image type to everyone, and keep old addresses alive."
    ),
    source="https://developers.facebook.com/docs/sharing/webmasters/images",
    check=check,
)
