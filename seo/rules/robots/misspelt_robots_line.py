"""ROB-09: robots.txt has lines that are misspelt or mean nothing. A file that is no text at all is malformed-robots-
file.
"""

import re

from seo.findings import NOT_APPLICABLE, Evidence, Outcome, Reason, Severity, failed_if, not_evaluated
from seo.robots import Line, RobotsFile
from seo.rules.rule import Rule
from seo.subject import Subject

_FIELDS = ("user-agent", "allow", "disallow", "sitemap")
# not Google's, but read by others and harmless
_OTHERS = ("crawl-delay", "host", "clean-param", "request-rate", "visit-time", "content-signal", "content-usage")
_AGENT = re.compile(r"\*|[A-Za-z_-]+")
_MOST = 20


def check(subject: Subject) -> Outcome:
    """Known fields rightly spelt, agents without blanks or versions, paths that begin with / or *. Evidence: each
    line.
    """
    robots = subject.robots
    if not isinstance(robots, RobotsFile):
        return not_evaluated(Reason.SAVED_FILE if robots is None else Reason.ROBOTS_UNREACHABLE)
    if robots.begins.lstrip().startswith(b"<"):
        return NOT_APPLICABLE
    wrong = [line for line in robots.lines if _is_wrong(line)]
    return failed_if(
        [Evidence(line.source[:120], offset=line.offset, line=line.number, url=robots.url) for line in wrong[:_MOST]]
    )


def _is_wrong(line: Line) -> bool:
    if line.written.lower() not in _FIELDS:
        return line.written.lower() not in _OTHERS
    if line.field == "user-agent":
        return _AGENT.fullmatch(line.value) is None
    return line.field in ("allow", "disallow") and bool(line.value) and not line.value.startswith(("/", "*"))


RULE = Rule(
    code="ROB-09",
    id="misspelt-robots-line",
    severity=Severity.WARNING,
    title_pass="Every line of robots.txt is understood",
    title_fail="Lines of robots.txt are misspelt or mean nothing",
    why="A line that is not understood is skipped without a word, and what it should forbid or allow stays as it was.",
    example="User agent: *\nDisalow: cart",
    remedy=(
        "Write User-agent, Allow, Disallow and Sitemap; begin every path with / and name agents by their bare token."
    ),
    source="https://www.rfc-editor.org/rfc/rfc9309#section-2.2",
    check=check,
)
