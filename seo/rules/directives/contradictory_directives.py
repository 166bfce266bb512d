"""IDX-07: robots directives contradict each other. What the effective one does is told by the rules beside."""

from dataclasses import replace

from seo.directives import Directive
from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Severity, failed_if
from seo.rules.rule import Rule
from seo.subject import Subject

# the restrictive one of each pair is in force
_PAIRS = (("noindex", "index"), ("nofollow", "follow"))


def check(subject: Subject) -> Outcome:
    """What is said to one crawler must not be denied elsewhere. Evidence: each directive of a pair, and what is in
    force.
    """
    told = subject.told_directives
    if not told:
        return NOT_APPLICABLE
    found: list[Evidence] = []
    for agent in dict.fromkeys(directive.agent for directive in told):
        said = [directive for directive in told if directive.agent == agent]
        for restrictive, free in _PAIRS:
            found += _both(_saying(said, restrictive), _saying(said, free), in_force=restrictive)
        found += _lengths(said)
    return failed_if(found)


def _saying(said: list[Directive], name: str) -> list[Directive]:
    also = "none" if name.startswith("no") else "all"
    return [directive for directive in said if directive.name in (name, also)]


def _both(first: list[Directive], second: list[Directive], *, in_force: str) -> list[Evidence]:
    if not first or not second:
        return []
    return [_shown(directive, in_force) for directive in (first[0], second[0])]


def _lengths(said: list[Directive]) -> list[Evidence]:
    """Several lengths of snippet: the shortest is in force; nosnippet beats them all, -1 is no limit."""
    limits = {d.value: d for d in said if d.name == "max-snippet" and d.value.removeprefix("-").isdecimal()}
    if nosnippet := next((d for d in said if d.name == "nosnippet"), None):
        others = [d for value, d in limits.items() if value != "0"]
        return [_shown(d, "nosnippet") for d in (nosnippet, *others)] if others else []
    if len(limits) < 2:
        return []
    shortest = min(limits, key=lambda value: float("inf") if value.startswith("-") else int(value))
    return [_shown(directive, f"max-snippet:{shortest}") for directive in limits.values()]


def _shown(directive: Directive, in_force: str) -> Evidence:
    return replace(directive.evidence, excerpt=f"{directive.agent}: {directive.written}; in force: {in_force}")


RULE = Rule(
    code="IDX-07",
    id="contradictory-directives",
    severity=Severity.ERROR,
    title_pass="The robots directives agree",
    title_fail="Robots directives contradict each other",
    why="Of two that contradict, the more restrictive holds, whichever its author had in mind.",
    example='<meta name="robots" content="index, follow"> … X-Robots-Tag: noindex',
    remedy="Let one place write the directives, and remove those of plugins, theme and server that say otherwise.",
    source="https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag",
    check=check,
)
