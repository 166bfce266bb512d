"""ROB-06: robots.txt keeps networks from the page, which then cannot be previewed. Search engines are page-
disallowed.
"""

from seo.findings import Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.robots import RobotsFile, for_agents
from seo.rules.rule import Rule
from seo.subject import Subject

BOTS = ("facebookexternalhit", "Twitterbot", "LinkedInBot", "Slackbot-LinkExpanding", "Discordbot", "Pinterestbot")


def check(subject: Subject) -> Outcome:
    """The crawlers that make previews must be allowed. Evidence: each that is not, and the line that says so."""
    robots = subject.robots
    if not isinstance(robots, RobotsFile):
        return not_evaluated(Reason.SAVED_FILE if robots is None else Reason.ROBOTS_UNREACHABLE)
    decisions = [(bot, for_agents(robots, subject.page.url, agents=(bot, bot.partition("-")[0]))) for bot in BOTS]
    return failed_if(
        [
            Evidence(
                f"{bot}: {decision.line.source}", offset=decision.line.offset, line=decision.line.number, url=robots.url
            )
            for bot, decision in decisions
            if decision.line and not decision.is_allowed
        ]
    )


RULE = Rule(
    code="ROB-06",
    id="disallowed-social-bot",
    severity=Severity.WARNING,
    title_pass="Networks may read the page to preview it",
    title_fail="robots.txt keeps networks from previewing the page",
    why="A network that may not read the page shows a bare link when it is shared.",
    example="User-agent: Twitterbot\nDisallow: /",
    remedy="Allow the crawlers of the networks that your customers share on.",
    source="https://developer.x.com/en/docs/x-for-websites/cards/guides/getting-started",
    check=check,
)
