"""OG-14: an Open Graph tag that may stand once is there several times and says different things."""

from seo.findings import NOT_APPLICABLE, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.subject import Subject

_ONCE = ("og:title", "og:description", "og:url", "og:type", "og:site_name", "og:locale")


def check(subject: Subject) -> Outcome:
    """Title, description, url, type, site_name and locale say one thing each. Evidence: every tag of those that do
    not.
    """
    told = [tag for tag in subject.social if tag.name in _ONCE and tag.content]
    if not told:
        return NOT_APPLICABLE
    values = {name: {tag.content for tag in told if tag.name == name} for name in _ONCE}
    return failed_if([tag.evidence for tag in told if len(values[tag.name]) > 1])


RULE = Rule(
    code="OG-14",
    id="contradictory-open-graph",
    severity=Severity.WARNING,
    title_pass="Each Open Graph tag says one thing",
    title_fail="Open Graph tags contradict each other",
    why="The first one wins in the standard, the last one with some networks: each share looks another way.",
    example='og:title "Teapot" from the theme, og:title "Buy teapots" from a plugin',
    remedy="Let one part of the shop write the tags.",
    source="https://ogp.me/#array",
    check=check,
)
