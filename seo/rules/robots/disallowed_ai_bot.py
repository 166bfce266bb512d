"""ROB-07: robots.txt keeps crawlers of language models from the page. That is the owner's choice, so only a note."""

from seo.findings import Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.robots import RobotsFile, decide
from seo.rules.rule import Rule
from seo.subject import Subject

BOTS = ("GPTBot", "OAI-SearchBot", "ClaudeBot", "PerplexityBot", "Google-Extended", "CCBot", "Applebot-Extended")


def check(subject: Subject) -> Outcome:
    """Which of these crawlers may not read the page. Evidence: each, and the line that says so."""
    robots = subject.robots
    if not isinstance(robots, RobotsFile):
        return not_evaluated(Reason.SAVED_FILE if robots is None else Reason.ROBOTS_UNREACHABLE)
    decisions = [(bot, decide(robots, subject.page.url, agent=bot)) for bot in BOTS]
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
    code="ROB-07",
    id="disallowed-ai-bot",
    severity=Severity.INFO,
    title_pass="Crawlers of language models may read the page",
    title_fail="robots.txt keeps crawlers of language models from the page",
    why=(
        "What they may not read, their answers about the product do not know; whether that is wanted is the "
        "owner's choice."
    ),
    example="User-agent: GPTBot\nDisallow: /",
    remedy="Keep it as it is when it is meant; else allow the crawlers by name.",
    source="https://www.rfc-editor.org/rfc/rfc9309",
    check=check,
)
